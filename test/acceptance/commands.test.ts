import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Column } from "../../src/core/log/columns.ts";
import { cellsOf, logText, readLog } from "../builders/log.ts";
import { expectNoViolations } from "../support/github/server.ts";
import { type CommandScene, createCommandScene } from "./command-scene.ts";
import { SETTINGS } from "./scene.ts";

const LOG = "experiments/mnist/experiment_log.csv";
const SESSION = "experiments/mnist/session.yml";

/** A log with something of every kind. */
const ROWS: readonly Partial<Record<Column, string>>[] = [
  {
    experiment_id: "base",
    status: "completed",
    command: "python train.py --lr=1e-3 --dropout=0.1",
    objective_metric: "value/loss",
    objective_mode: "min",
    objective_value: "0.5",
    created_at: "2026-11-20T09:00:00Z",
    updated_at: "2026-11-20T10:00:00Z",
    started_at: "2026-11-20T09:00:00Z",
    ended_at: "2026-11-20T10:00:00Z",
  },
  {
    experiment_id: "burned",
    parent_experiment_id: "base",
    status: "failed",
    command: "python train.py --lr=1 --dropout=0.1",
    result_summary: "diverged: value/loss is NaN",
    created_at: "2026-11-20T10:00:00Z",
    updated_at: "2026-11-20T11:00:00Z",
  },
  {
    experiment_id: "live",
    queue_job_id: "job-0000042",
    status: "running",
    created_at: "2026-11-20T11:00:00Z",
    updated_at: "2026-11-20T11:30:00Z",
  },
];

let scene: CommandScene;

beforeEach(async () => {
  const files = { [SESSION]: SETTINGS, [LOG]: logText(ROWS), "README.md": "# Research\n" };
  scene = await createCommandScene({ files });
});

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

async function row(id: string): Promise<Partial<Record<string, string>>> {
  const log = readLog(await scene.readLog());
  return cellsOf(log, log.rowOf(id) ?? -1);
}

async function settings(): Promise<string> {
  return (await scene.repo.readFile("main", SESSION))?.toString("utf8") ?? "";
}

const PROPOSAL = [
  "/propose lower-lr parent=base",
  "A smaller step is less noisy.",
  "expect: value/loss below 0.45",
  "command: python train.py --lr=1e-4 --dropout=0.1",
].join("\n");

describe("/propose", () => {
  test("gives a planned row, one commit, a reply and the report", async () => {
    const before = (await scene.repo.log("main")).length;
    const { result, replies, reactions } = await scene.say(PROPOSAL, { role: "triage" });
    expect(result.stderr).toBe("");
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ decision: "applied", changed: "true", launched: "[]" });
    expect(await row("lower-lr")).toMatchObject({
      parent_experiment_id: "base",
      status: "planned",
      command: "python train.py --lr=1e-4 --dropout=0.1",
      hypothesis: "A smaller step is less noisy. Expected: value/loss below 0.45",
      change_summary: "lr: 1e-3 → 1e-4",
      objective_metric: "value/loss",
      objective_mode: "min",
      owner: "alice",
    });
    expect(await scene.repo.log("main")).toHaveLength(before + 1);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toContain("lower-lr");
    expect(replies[0]).toContain("/approve lower-lr");
    expect(reactions).toEqual(["eyes", "rocket"]);
    const ledger = await scene.readLedger();
    expect(ledger).toContain("alice");
    expect(ledger).toContain("#issuecomment-");
    const report = scene.repo
      .comments(1)
      .find(({ body }) => body.includes("experiment-monitor:report"));
    expect(report?.body).toContain("Open proposals");
  });

  test("without an id takes one from the operation", async () => {
    const { result, replies } = await scene.say("/propose\nMore data helps.");
    expect(result.outputs["decision"]).toBe("applied");
    const [id] = /\bp-[a-z2-7]{10}\b/.exec(await scene.readLog()) ?? [];
    expect(id).toBeDefined();
    expect(replies[0]).toContain(String(id));
  });

  test("says what was tried already, failures too", async () => {
    const { replies } = await scene.say(
      "/propose again\nOnce more.\ncommand: python train.py --dropout=0.1 --lr=1",
    );
    expect(replies[0]).toMatch(/already tried/i);
    expect(replies[0]).toContain("burned");
    expect(replies[0]).toContain("diverged");
  });

  test("is refused beyond the open ones, which are named", async () => {
    const three = ["a", "b", "c"].map((id) => `/propose ${id}\nWhy ${id}.`).join("\n\n");
    expect((await scene.say(three)).result.outputs["decision"]).toBe("applied");
    const before = await scene.repo.head();
    const { result, replies, reactions } = await scene.say("/propose d\nWhy d.");
    expect(result.exitCode).toBe(0);
    expect(result.outputs["decision"]).toBe("refused");
    for (const id of ["a", "b", "c"]) expect(replies[0]).toContain(id);
    expect(reactions).toContain("confused");
    expect(reactions).not.toContain("rocket");
    expect(await scene.repo.head()).toBe(before);
    const sweep = await scene.say("/propose d --sweep\nWhy d.");
    expect(sweep.result.outputs["decision"]).toBe("applied");
  });

  test("of a sweep needs write", async () => {
    const { result, replies, reactions } = await scene.say("/propose d --sweep\nWhy.", {
      role: "triage",
    });
    expect(result.outputs["decision"]).toBe("refused");
    expect(replies).toEqual([]);
    expect(reactions).toContain("-1");
  });

  test("comes from the issue form", async () => {
    const { number, result } = await scene.open(
      [
        "### Hypothesis",
        "",
        "Warm-up is too short.",
        "",
        "### Parent experiment",
        "",
        "base",
        "",
        "### Command",
        "",
        "```shell",
        "python train.py --lr=1e-3 --dropout=0.1 --warmup=500",
        "```",
        "",
        "### Metric",
        "",
        "_No response_",
        "",
      ].join("\n"),
    );
    expect(result.outputs["decision"]).toBe("applied");
    const log = await scene.readLog();
    expect(log).toContain("Warm-up is too short.");
    expect(log).toContain("warmup");
    const reply = scene.repo.comments(number).at(-1)?.body ?? "";
    expect(reply).toContain(`<!-- experiment-monitor:reply issue-${number} -->`);
    expect(reply).toContain("experiment_log.csv");
    const [id] = /\bp-[a-z2-7]{10}\b/.exec(log) ?? [];
    const approval = await scene.say(`/approve ${id}`, { issue: number });
    expect(approval.result.outputs["decision"]).toBe("applied");
  });
});

describe("commands that change a row", () => {
  test("/hypothesis, /note and /next-action write its texts", async () => {
    await scene.say(PROPOSAL);
    const { result } = await scene.say(
      "/hypothesis lower-lr Smaller steps average the noise.\n/note lower-lr seen in run base\n/next-action lower-lr try 3e-5",
      { user: "carol", role: "triage" },
    );
    expect(result.outputs["decision"]).toBe("applied");
    expect(await row("lower-lr")).toMatchObject({
      hypothesis: "Smaller steps average the noise.",
      notes: expect.stringContaining("seen in run base"),
      next_action: "try 3e-5",
    });
    expect((await scene.say("/hypothesis base Too late.")).result.outputs["decision"]).toBe(
      "refused",
    );
  });

  test("/result records value, metrics and text; a final one changes only by force, and the report names that", async () => {
    const first = await scene.say("/result live value=0.41 acc=0.93 status=completed\nSteady.");
    expect(first.result.outputs["decision"]).toBe("applied");
    expect(await row("live")).toMatchObject({
      status: "completed",
      objective_value: "0.41",
      metrics_json: expect.stringContaining('"acc"'),
      result_summary: "Steady.",
    });
    const second = await scene.say("/result live value=0.40");
    expect(second.result.outputs["decision"]).toBe("refused");
    expect((await row("live"))["objective_value"]).toBe("0.41");
    const forced = await scene.say("/result live value=0.40 --force");
    expect(forced.result.outputs["decision"]).toBe("applied");
    expect((await row("live"))["objective_value"]).toBe("0.4");
    const report = await scene.repo.readFile("main", "experiments/mnist/experiment_report.md");
    expect(report?.toString("utf8")).toMatch(/0\.41.*0\.4/);
  });

  test("/approve binds to the row as it is; a later edit clears it, visibly", async () => {
    await scene.say(PROPOSAL);
    const approved = await scene.say("/approve lower-lr", { user: "bob" });
    expect(approved.result.outputs["decision"]).toBe("applied");
    expect(approved.replies[0]).toContain("/launch lower-lr");
    const edited = await scene.say("/note lower-lr one more thought", {
      user: "carol",
      role: "triage",
    });
    expect(edited.replies[0]).toMatch(/approval/i);
    const report = await scene.repo.readFile("main", "experiments/mnist/experiment_report.md");
    expect(report?.toString("utf8")).toMatch(/approval.*cleared/i);
  });

  test("/reject and /cancel give the reason; the proposer may without write", async () => {
    await scene.say(PROPOSAL, { user: "dave", role: "triage" });
    const stranger = await scene.say("/reject lower-lr not now", { user: "erin", role: "triage" });
    expect(stranger.reactions).toContain("-1");
    expect(stranger.replies).toEqual([]);
    const own = await scene.say("/reject lower-lr not now", { user: "dave", role: "triage" });
    expect(own.result.outputs["decision"]).toBe("applied");
    expect(await row("lower-lr")).toMatchObject({
      status: "cancelled",
      result_summary: expect.stringContaining("not now"),
    });
    const cancelled = await scene.say("/cancel live\nThe data was wrong.");
    expect(cancelled.result.outputs["decision"]).toBe("applied");
    expect(await row("live")).toMatchObject({
      status: "cancelled",
      result_summary: expect.stringContaining("The data was wrong."),
    });
    expect(cancelled.replies[0]).toContain("job-0000042");
  });

  test("/supersede names the better one", async () => {
    const { result } = await scene.say("/supersede burned by=base");
    expect(result.outputs["decision"]).toBe("applied");
    expect(await row("burned")).toMatchObject({ status: "superseded" });
  });
});

describe("commands that change the session", () => {
  test("/baseline, /target, /stop and /resume write session.yml and leave the rest of it alone", async () => {
    await scene.say("/baseline base\n/target 0.3");
    expect(await settings()).toContain("baseline: base");
    expect(await settings()).toContain("target: 0.3");
    expect(await settings()).toContain("queue: { status: { file: status.json } }");
    const stopped = await scene.say("/stop the cluster moves");
    expect(stopped.result.outputs).toMatchObject({ decision: "applied", "should-stop": "true" });
    expect(await settings()).toContain("paused: true");
    await scene.say(PROPOSAL);
    expect((await scene.say("/launch lower-lr")).result.outputs["decision"]).toBe("refused");
    await scene.say("/resume");
    expect(await settings()).not.toContain("paused: true");
    expect((await scene.say("/launch lower-lr")).result.outputs["decision"]).toBe("applied");
  });
});

describe("questions", () => {
  test.each([
    ["/status", "running"],
    ["/best", "base"],
    ["/best 1", "base"],
    ["/next", "criteri"],
    ["/help", "/propose"],
  ])("%s is answered and changes nothing", async (body, expected) => {
    const before = await scene.repo.head();
    const { result, replies, reactions } = await scene.say(body, { user: "guest", role: "read" });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ decision: "answered", changed: "false" });
    expect(replies).toHaveLength(1);
    expect(replies[0]).toContain(expected);
    expect(reactions).toEqual(["eyes", "rocket"]);
    expect(await scene.repo.head()).toBe(before);
  });

  test("/report brings the report to its issue", async () => {
    await scene.say("/report", { user: "guest", role: "read" });
    const bodies = scene.repo.comments(1).map(({ body }) => body);
    expect(bodies.filter((body) => body.includes("experiment-monitor:report"))).toHaveLength(1);
  });
});

describe("a comment with several commands", () => {
  test("is one commit", async () => {
    const before = (await scene.repo.log("main")).length;
    await scene.say(`${PROPOSAL}\n\n/approve lower-lr\n/baseline base`);
    expect(await scene.repo.log("main")).toHaveLength(before + 1);
    expect(await row("lower-lr")).toMatchObject({ status: "planned" });
  });

  test("is all or nothing, and every error is named by its line", async () => {
    const before = await scene.repo.head();
    const { result, replies, reactions } = await scene.say(
      '/note base fine\n/approve "open\n/result base value=fast\n/target',
    );
    expect(result.exitCode).toBe(0);
    expect(result.outputs["decision"]).toBe("refused");
    expect(await scene.repo.head()).toBe(before);
    expect(replies).toHaveLength(1);
    for (const line of ["Line 2", "Line 3", "Line 4"]) expect(replies[0]).toContain(line);
    expect(replies[0]).toContain("^");
    expect(reactions).toContain("confused");
  });
});
