import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { expectNoViolations } from "../support/github/server.ts";
import type { Scene } from "./scene.ts";
import { createScene, type SceneOptions, SETTINGS } from "./scene.ts";

let scene: Scene;

async function given(options: SceneOptions = {}): Promise<Scene> {
  scene = await createScene(options);
  return scene;
}

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

const LOG = "experiments/mnist/experiment_log.csv";
const HEAD = "experiment_id,status,notes\n";

/** Runs once and expects a red run that wrote nothing, with one sentence. */
async function expectRefusal(
  made: Promise<Scene>,
  sentence: RegExp,
  inputs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { run, github, repo } = await made;
  const before = await repo.log(repo.defaultBranch);
  const result = await run(inputs);
  expect(result.stdout).toMatch(sentence);
  expect(result.stdout.match(/::error/g)).toHaveLength(1);
  expect(result.exitCode).toBe(1);
  expect(result.outputs["decision"]).toBe("failed");
  expect(github.writes()).toBe(0);
  expect(await repo.log(repo.defaultBranch)).toEqual(before);
}

describe("a run is refused with one sentence and writes nothing, for", () => {
  it("no status file", () =>
    expectRefusal(given(), /::error::The queue status "nope.json" does not exist/, {
      "queue-status": "nope.json",
    }));

  it("a status that is no JSON, with its place", () =>
    expectRefusal(
      given({ status: '{"jobs": [\n  {"job_id": x}\n]}' }),
      /status.json:2:14: is not JSON/,
    ));

  it("a status without a list of jobs", () =>
    expectRefusal(given({ status: '{"jobs": 7}' }), /expected a list `jobs`, found a number/));

  it("a poisoned key in the status", () =>
    expectRefusal(
      given({ status: '{"jobs": [{"__proto__": {}}]}' }),
      /key "__proto__" is not allowed/,
    ));

  it.each([
    ["an open quote", `${HEAD}a,planned,"x\n`, /file=[^,]*csv,line=2,col=11::.*never closed/],
    ["a repeated id", `${HEAD}a,planned,\na,planned,\n`, /line=3,col=1::.*"a" is repeated/],
    ["an unknown status", `${HEAD}a,done,\n`, /line=2,col=3::.*unknown status "done"/],
    ["a conflict marker", `${HEAD}<<<<<<< HEAD\n`, /line=2,col=1::.*conflict marker/],
    ["a NUL byte", `${HEAD}a,planned,\0\n`, /line=2,col=11::.*NUL byte/],
  ])("a log with %s", (_name, log, sentence) =>
    expectRefusal(
      given({ files: { "experiments/mnist/session.yml": SETTINGS, [LOG]: log } }),
      sentence,
    ),
  );

  it("an unknown key in session.yml, naming the nearest", () =>
    expectRefusal(
      given({ files: { "experiments/mnist/session.yml": "objectiv: {}\n" } }),
      /session.yml:1:1.*objectiv.*objective/s,
    ));

  it("a session named ../x", () =>
    expectRefusal(given(), /Input session is "\.\.\/x", expected a session name/, {
      session: "../x",
    }));

  it("a branch that does not exist", () =>
    expectRefusal(given(), /The branch nope does not exist/, { branch: "nope" }));

  it("an empty repository", () =>
    expectRefusal(given({ isEmpty: true }), /The branch main does not exist.*Push a first commit/));

  it("a repository without a session", () =>
    expectRefusal(given({ files: { "README.md": "#\n" } }), /holds no session/));

  it("no token", () => expectRefusal(given(), /input token is empty/, { token: "" }));

  it("a token that GitHub does not know", () =>
    expectRefusal(given(), /token/i, { token: "ghs_unknown" }));

  it("the event pull_request_target", async () => {
    const { run } = await given();
    const result = await run({}, { eventName: "pull_request_target", payload: {} });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/pull_request_target is refused/);
  });
});

describe("what cannot be posted is a warning, and the log is saved, for", () => {
  async function expectSkipped(made: Scene, reason: string): Promise<void> {
    const result = await made.run();
    expect(result.exitCode).toBe(0);
    expect(result.outputs["comment"]).toBe(`skipped:${reason}`);
    expect(result.stdout).toMatch(/::warning::The log is saved, its report was not posted/);
    expect(await made.readLog()).toContain("job-0000001");
    expect(result.summary).toContain("job-0000001");
  }

  it("a locked issue", async () => {
    const made = await given();
    made.repo.lock(1);
    await expectSkipped(made, "locked");
  });

  it("an issue that does not exist", async () => {
    const settings = SETTINGS.replace("issue: 1", "issue: 99");
    await expectSkipped(
      await given({ files: { "experiments/mnist/session.yml": settings } }),
      "not-found",
    );
  });

  it("a token without permission for issues", async () => {
    const permissions = { contents: "write", metadata: "read" } as const;
    const bot = { login: "github-actions[bot]", type: "Bot", permissions } as const;
    await expectSkipped(await given({ github: { tokens: { ghs_test: bot } } }), "forbidden");
  });
});

it("names the missing permission and the line to add when it may not commit", async () => {
  const permissions = { contents: "read", issues: "write", metadata: "read" } as const;
  const bot = { login: "github-actions[bot]", type: "Bot", permissions } as const;
  await given({ github: { tokens: { ghs_test: bot } } });
  const result = await scene.run();
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toMatch(/contents: write/);
  expect(await scene.repo.log("main")).toHaveLength(1);
});

describe("a runner without a place for outputs", () => {
  it("gets one ::error and no stack", async () => {
    const { run } = await given();
    const result = await run({}, { env: { GITHUB_OUTPUT: "/nonexistent/output" } });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toBe("");
    expect(result.stdout.match(/::error/g)).toHaveLength(1);
  });
});

describe("jobs that cannot be recorded", () => {
  it("are left out with a warning each; the others are recorded", async () => {
    const good = { job_id: "good", status: "running", started_at: 1, enqueued_at: 1 };
    const status = { jobs: [7, {}, { job_id: "odd", status: "exploded" }, good] };
    const { run, readLog } = await given({ status: JSON.stringify(status) });
    const result = await run();
    expect(result.exitCode).toBe(0);
    expect(result.stdout.match(/::warning::/g)).toHaveLength(3);
    expect((await readLog()).split("\n")).toHaveLength(3);
  });
});

describe("the sticky comment", () => {
  it("is found behind 300 comments of others, and a pasted marker is not ours", async () => {
    const { run, repo } = await given();
    await run();
    const [ours] = await repo.comments(1);
    for (let at = 0; at < 300; at += 1) {
      await repo.addComment(1, {
        user: "ann",
        body: at === 7 ? (ours?.body ?? "") : `comment ${at}`,
      });
    }
    await scene.setStatus("status-finished");
    // Of two commits in one second the one that holds less counts as the older.
    await sleep(1_000);
    await repo.commitFiles("main", { [LOG]: null });
    const result = await run();
    expect(result.outputs["comment"]).toBe("updated");
    expect(result.outputs["comment-id"]).toBe(String(ours?.id));
    expect(await repo.comments(1)).toHaveLength(301);
  });

  it("is created again when it was deleted", async () => {
    const { run, repo } = await given();
    await run();
    const [first] = await repo.comments(1);
    await repo.deleteComment(first?.id ?? 0);
    const result = await run();
    expect(result.outputs).toMatchObject({ decision: "unchanged", comment: "created" });
    expect(await repo.comments(1)).toHaveLength(1);
  });

  it("carries a log of 5,000 rows within GitHub's limit", async () => {
    const jobs = Array.from({ length: 5_000 }, (_, at) => ({
      job_id: `job-${at}`,
      status: at % 3 === 0 ? "failed" : "completed",
      enqueued_at: 1e9 + at,
      started_at: 1e9 + at,
      ended_at: 1e9 + at + 60,
      return_code: at % 3 === 0 ? 1 : 0,
      error: at % 3 === 0 ? "x".repeat(400) : null,
    }));
    const { run, repo } = await given({ status: JSON.stringify({ jobs }) });
    const result = await run();
    expect(result.exitCode).toBe(0);
    const [comment] = await repo.comments(1);
    expect(comment?.body.length).toBeLessThanOrEqual(60_500);
    expect(comment?.body).toContain("5000");
  });
});
