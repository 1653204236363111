import { afterEach, describe, expect, it } from "vitest";
import { expectNoViolations } from "../support/github/server.ts";
import { createScene, type Scene, type SceneOptions, SETTINGS } from "./scene.ts";

let scene: Scene;

async function given(options: SceneOptions = {}): Promise<Scene> {
  scene = await createScene(options);
  return scene;
}

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

describe.each(["api", "git"])("mode sync over %s", (transport) => {
  it("records the queue, commits once, posts one comment; again: no write at all", async () => {
    const { run, repo, github, readLog } = await given();
    const first = await run({ transport });
    expect(first.stderr + first.stdout).not.toContain("error");
    expect(first.exitCode).toBe(0);
    expect((await readLog()).split("\n")).toHaveLength(10);
    expect(await repo.log("main")).toHaveLength(2);
    expect(await repo.comments(1)).toHaveLength(1);
    expect(first.outputs).toMatchObject({
      changed: "true",
      decision: "synced",
      comment: "created",
      "should-stop": "false",
    });
    expect(first.summary).toContain("# Experiment Monitor Report");
    github.reset();
    const second = await run({ transport });
    expect(second.outputs).toMatchObject({
      changed: "false",
      decision: "unchanged",
      comment: "unchanged",
    });
    expect(github.writes()).toBe(0);
    const ofGit = github.requests.filter(({ path }) => /\.git\/(?:info|git-)/.test(path));
    expect(github.reads() - ofGit.length).toBeLessThanOrEqual(6);
    expect(ofGit.length).toBeLessThanOrEqual(transport === "git" ? 5 : 0);
  });

  it("moves rows along and edits the same comment", async () => {
    const { run, repo, setStatus, readLog } = await given({ status: "status-finished" });
    await run({ transport });
    await setStatus("status-running");
    const second = await run({ transport });
    expect(second.outputs).toMatchObject({ decision: "synced", comment: "updated" });
    const comments = await repo.comments(1);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain("job-0000005");
    expect(await readLog()).toContain("job-0000008,,job-0000008,completed");
    const [newest] = await repo.log("main");
    expect(newest?.subject).toBe("mnist: 1 completed, 1 running, 2 queued");
  });

  it("plans everything and writes nothing with dry-run", async () => {
    const { run, repo, github } = await given();
    const result = await run({ transport, "dry-run": "true" });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ decision: "planned", commit: "" });
    expect(result.stdout).toContain("experiment_log.csv");
    expect(github.writes()).toBe(0);
    expect(await repo.log("main")).toHaveLength(1);
  });

  it("falls back to one pull request on a protected branch, and to the same one again", async () => {
    const { run, repo, setStatus, readLog, github } = await given({ status: "status-finished" });
    await repo.protect("main", "GH006");
    const first = await run({ transport });
    expect(first.exitCode).toBe(0);
    expect(first.outputs["pull-request"]).toMatch(/^\d+$/);
    expect(await repo.log("main")).toHaveLength(1);
    expect(await readLog("experiment-monitor/mnist")).toContain("job-0000001");
    await setStatus("status-running");
    await repo.commitFiles("main", { "README.md": "# Moved\n" });
    const second = await run({ transport });
    expect(second.outputs["pull-request"]).toBe(first.outputs["pull-request"]);
    expect(await readLog("experiment-monitor/mnist")).toContain("job-0000008");
    github.reset();
    const third = await run({ transport });
    expect(third.outputs).toMatchObject({ decision: "unchanged" });
    expect(github.writes()).toBe(0);
  });

  it("loses no row when eight runs and a person write at once", async () => {
    const job = (id: number) => ({
      job_id: `job-${String(id).padStart(7, "0")}`,
      status: "completed",
      enqueued_at: 1000 + id,
      started_at: 2000 + id,
      ended_at: 3000 + id,
      return_code: 0,
    });
    const { run, repo, readLog, setStatus } = await given();
    await setStatus(JSON.stringify({ jobs: Array.from({ length: 6 }, (_, at) => job(at + 1)) }));
    const sessions = Array.from({ length: 8 }, (_, at) =>
      run({ transport, "objective-metric": `metric-${at}` }),
    );
    await repo.commitFiles("main", { "notes.md": "a person was here\n" });
    const results = await Promise.all(sessions);
    expect(results.map(({ exitCode }) => exitCode)).toEqual(Array(8).fill(0));
    const ids = (await readLog())
      .split("\n")
      .slice(1, -1)
      .map((line) => line.split(",")[0]);
    expect(ids).toEqual(Array.from({ length: 6 }, (_, at) => job(at + 1).job_id));
    await repo.fsck();
  });
});

describe("several sessions", () => {
  const files = {
    "experiments/alpha/session.yml": SETTINGS,
    "experiments/beta/session.yml": SETTINGS.replace("issue: 1", "issue: 2"),
    "experiments/notes.txt": "not a session\n",
  };

  it("are synced one after the other, each with its own comment", async () => {
    const { run, repo } = await given({ files });
    await repo.createIssue({ title: "Second", body: "" });
    const result = await run();
    expect(result.exitCode).toBe(0);
    expect(await repo.comments(1)).toHaveLength(1);
    expect(await repo.comments(2)).toHaveLength(1);
    expect(await repo.readFile("main", "experiments/beta/experiment_log.csv")).toBeDefined();
    const sessions = JSON.parse(result.outputs["result"] ?? "").sessions;
    expect(sessions.map((entry: { session: string }) => entry.session)).toEqual(["alpha", "beta"]);
  });

  it("are recorded although one of them cannot be read; the run fails at its line", async () => {
    const broken = { ...files, "experiments/alpha/experiment_log.csv": 'experiment_id\n"open\n' };
    const { run, repo, readLog } = await given({ files: broken });
    await repo.createIssue({ title: "Second", body: "" });
    const result = await run();
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(
      /::error file=experiments\/alpha\/experiment_log.csv,line=2,col=1::.*never closed/,
    );
    expect(await readLog("main", "beta")).toContain("job-0000001");
    expect(await readLog("main", "alpha")).toBe('experiment_id\n"open\n');
    expect(result.outputs["decision"]).toBe("failed");
  });
});
