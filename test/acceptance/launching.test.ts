import { afterEach, describe, expect, test } from "vitest";
import { ACTIONS_TOKEN, expectNoViolations } from "../support/github/server.ts";
import { workflowCommands } from "../support/runner.ts";
import { createLaunchScene, type LaunchScene, type LaunchSceneOptions } from "./launch-scene.ts";

const LAUNCH = { launch: "true" };
const JOB = "job-0000001";

const scenes: LaunchScene[] = [];

async function open(options: LaunchSceneOptions = {}): Promise<LaunchScene> {
  const scene = await createLaunchScene(options);
  scenes.push(scene);
  return scene;
}

afterEach(async () => {
  for (const { github } of scenes.splice(0)) {
    expectNoViolations(github);
    await github.close();
  }
});

function proposal(id: string, command = "--lr=1e-4"): string {
  return `/propose ${id}\nA smaller step is less noisy.\ncommand: ${command}`;
}

async function report(scene: LaunchScene): Promise<string> {
  const path = "experiments/mnist/experiment_report.md";
  return (await scene.repo.readFile("main", path))?.toString("utf8") ?? "";
}

describe("/launch in a run that may launch", () => {
  test("starts the program once, records its job, and the next syncs move the same row along", async () => {
    const scene = await open();
    await scene.say(proposal("a"), { role: "triage" });
    await scene.say("/approve a", { user: "bob" });
    expect(await scene.starts()).toEqual([]);
    const { result, replies, reactions } = await scene.say("/launch a", {
      user: "bob",
      inputs: LAUNCH,
      env: { ACTIONS_RUNTIME_TOKEN: "runtime", GITHUB_TOKEN: ACTIONS_TOKEN, GH_TOKEN: "gh" },
    });
    expect(result.stderr).toBe("");
    expect(result.outputs).toMatchObject({ decision: "applied", changed: "true" });
    expect(JSON.parse(String(result.outputs["launched"]))).toEqual([
      { experiment_id: "a", queue_job_id: JOB },
    ]);
    expect(reactions).toEqual(["eyes", "rocket"]);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toContain(JOB);
    expect(await scene.row("a")).toMatchObject({ status: "queued", queue_job_id: JOB });
    expect((await scene.outcomes()).slice(-3)).toEqual([
      "queued-for-launch",
      "launching",
      "launched",
    ]);

    const [start, ...others] = await scene.starts();
    expect(others).toEqual([]);
    const [operation] = /(?<=--name=)[a-z2-7]{20}/.exec(start?.argv.join(" ") ?? "") ?? [];
    expect(start?.argv).toEqual([`--name=${operation}`, "--launcher", "queued", "--lr=1e-4"]);
    expect(start?.env).toMatchObject({
      EXPERIMENT_MONITOR_OP_ID: operation,
      EXPERIMENT_MONITOR_EXPERIMENT_ID: "a",
    });
    const names = Object.keys(start?.env ?? {});
    expect(names.filter((name) => /^(?:INPUT|ACTIONS|GITHUB|GH|RUNNER)_/i.test(name))).toEqual([]);
    expect(JSON.stringify(start?.env)).not.toContain(ACTIONS_TOKEN);

    await scene.moveJob({ status: "running", started_at: Date.now() / 1000 });
    await scene.run(LAUNCH);
    expect(await scene.row("a")).toMatchObject({ status: "running", queue_job_id: JOB });
    await scene.moveJob({ status: "completed", ended_at: Date.now() / 1000, return_code: 0 });
    await scene.run(LAUNCH);
    expect(await scene.row("a")).toMatchObject({
      status: "completed",
      hypothesis: "A smaller step is less noisy.",
      owner: "alice",
    });
    expect((await scene.readLog()).trim().split("\n")).toHaveLength(2);
    expect(await scene.starts()).toHaveLength(1);
  });

  test("starts one program although its event arrives eight times at once, and three times after", async () => {
    const scene = await open();
    const comment = scene.leave(`${proposal("a")}\n\n/launch a`);
    const deliver = () => scene.deliver(comment, { inputs: LAUNCH });
    const results = await Promise.all(Array.from({ length: 8 }, deliver));
    for (let again = 0; again < 3; again += 1) results.push(await deliver());
    expect(results.map(({ exitCode }) => exitCode)).toEqual(results.map(() => 0));
    expect(await scene.starts()).toHaveLength(1);
    const launched = results.filter(({ outputs }) => outputs["launched"] !== "[]");
    expect(launched).toHaveLength(1);
    expect(await scene.outcomes()).toEqual([
      "applied",
      "queued-for-launch",
      "launching",
      "launched",
    ]);
    expect(scene.repliesTo(comment)).toHaveLength(1);
    expect(scene.repliesTo(comment)[0]).toContain(JOB);
    expect(await scene.row("a")).toMatchObject({ status: "queued", queue_job_id: JOB });
  });

  test("refuses arguments that mean more than arguments, each with its reason", async () => {
    const scene = await open();
    const commands = [
      "--lr=1; touch pwned",
      "--lr=$(touch pwned)",
      "--lr=1 --output=/etc/passwd",
      "sh -c 'touch pwned'",
      "--lr=1 --launcher=local",
      "--lr=1 '::add-mask::x' '##[add-mask]x'",
    ];
    const ids = commands.map((_, at) => `a${at}`);
    const proposals = commands.map((command, at) => `${proposal(`a${at} --sweep`, command)}\n\n`);
    const comment = `${proposals.join("")}/launch ${ids.join(" ")}`;
    const { result, replies } = await scene.say(comment, { inputs: LAUNCH });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ decision: "applied", launched: "[]" });
    // One warning of our own for each, in which nothing of a command is obeyed.
    const obeyed = workflowCommands(result.stdout + result.stderr);
    const isOwn = (line: string) => /^::warning::Experiment "a\d": refused\. /.test(line);
    expect(obeyed.filter((line) => !isOwn(line))).toEqual([]);
    expect(replies[0]?.match(/was not launched/g)).toHaveLength(commands.length);
    expect(await scene.starts()).toEqual([]);
    for (const id of ids) {
      expect(await scene.row(id)).toMatchObject({ status: "planned" });
      expect(await scene.row(id)).not.toHaveProperty("queue_job_id");
    }
    expect(await scene.outcomes()).not.toContain("launching");
  });

  test("is refused in a public repository, and not where session.yml allows it", async () => {
    const closed = await open({ isPublic: true });
    const comment = `${proposal("a")}\n\n/launch a`;
    const { replies } = await closed.say(comment, { inputs: LAUNCH });
    expect(replies[0]).toMatch(/was not launched.*launch\\?\.public/s);
    expect(await closed.starts()).toEqual([]);
    const launch = '  allow: ["--lr=*"]\n  public: true';
    const opened = await open({ isPublic: true, launch });
    const { result } = await opened.say(comment, { inputs: LAUNCH });
    expect(result.outputs["launched"]).toContain(JOB);
    expect(await opened.starts()).toHaveLength(1);
  });
});

describe("/launch in a run that may not launch", () => {
  test("queues, and a schedule that may launch starts it", async () => {
    const scene = await open();
    const { result, replies } = await scene.say(`${proposal("a")}\n\n/launch a`);
    expect(result.outputs).toMatchObject({ decision: "applied", launched: "[]" });
    expect(replies[0]).toContain("launch: true");
    await scene.run();
    expect(await scene.starts()).toEqual([]);
    const sync = await scene.run(LAUNCH);
    expect(sync.outputs["launched"]).toContain(JOB);
    expect(await scene.row("a")).toMatchObject({ status: "queued", queue_job_id: JOB });
    expect((await scene.run(LAUNCH)).outputs["launched"]).toBe("[]");
    const again = await scene.run(LAUNCH);
    expect(again.outputs).toMatchObject({ decision: "unchanged", launched: "[]" });
    expect(await scene.starts()).toHaveLength(1);
  });

  test("is held by /stop until /resume", async () => {
    const scene = await open();
    await scene.say(`${proposal("a")}\n\n/launch a`);
    await scene.say("/stop the cluster moves", { inputs: LAUNCH });
    const sync = await scene.run(LAUNCH);
    expect(sync.exitCode).toBe(0);
    expect(sync.outputs["result"]).toContain("The loop is stopped");
    expect(await scene.starts()).toEqual([]);
    expect(await report(scene)).toMatch(/stopped|paused/i);
    const { result, replies } = await scene.say("/resume", { inputs: LAUNCH });
    expect(result.outputs["launched"]).toContain(JOB);
    expect(replies[0]).toContain(JOB);
    expect(await scene.starts()).toHaveLength(1);
  });

  test("is cleared by a later edit, which says so, and never starts", async () => {
    const scene = await open();
    await scene.say(`${proposal("a")}\n\n/launch a`);
    const edit = await scene.say("/note a one more thought", { user: "carol", inputs: LAUNCH });
    expect(edit.replies[0]).toMatch(/clears the approval/);
    expect(edit.result.outputs["launched"]).toBe("[]");
    expect((await scene.run(LAUNCH)).outputs["launched"]).toBe("[]");
    expect(await scene.starts()).toEqual([]);
    expect(await report(scene)).toMatch(/cleared|changed after/i);
    expect(await scene.row("a")).toMatchObject({ status: "planned" });
  });

  test("is cleared by an edit of the log in git as well", async () => {
    const scene = await open();
    await scene.say(`${proposal("a")}\n\n/launch a`);
    const log = (await scene.readLog()).replace("--lr=1e-4", "--lr=9e-4");
    await scene.repo.commitFiles("main", { "experiments/mnist/experiment_log.csv": log });
    expect((await scene.run(LAUNCH)).outputs["launched"]).toBe("[]");
    expect(await scene.starts()).toEqual([]);
    expect(await report(scene)).toMatch(/cleared|changed after/i);
  });
});
