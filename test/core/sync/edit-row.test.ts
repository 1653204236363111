import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/core/text/redact.ts";
import { cellsOf, LATER, logText, MUCH_LATER, NOW } from "../../builders/log.ts";
import { endedJob, type Scene, settingsOf, sync, xaxJob, xaxStatus } from "../../builders/xax.ts";

type Row = Parameters<typeof logText>[0][number];

const loss = settingsOf({ objective: { metric: "loss", mode: "min", sameTask: false } });
const FULL = {
  task_key: "t",
  command: "python a.py",
  run_dir: "/r",
  config_path: "/c",
  launcher: "multi",
};

/** The row of job-1 after a sync. */
function rowAfter(row: Row | undefined, scene: Scene): Record<string, string> {
  const log = row === undefined ? "" : logText([{ experiment_id: "job-1", ...row }]);
  const { draft } = sync({ log, ...scene });
  return cellsOf(draft, 0);
}

describe("a sync writes", () => {
  it("every cell the queue knows into a new row", () => {
    const scene = { status: xaxStatus(endedJob(FULL)), settings: loss, owner: "ann" };
    expect(rowAfter(undefined, { ...scene, metrics: { "job-1": { loss: 0.5, acc: 1 } } })).toEqual({
      experiment_id: "job-1",
      queue_job_id: "job-1",
      status: "completed",
      task_key: "t",
      command: "python a.py",
      config_path: "/c",
      run_dir: "/r",
      objective_metric: "loss",
      objective_mode: "min",
      objective_value: "0.5",
      metrics_json: '{"acc": 1, "loss": 0.5}',
      started_at: "1970-01-01T00:16:50Z",
      ended_at: "1970-01-01T00:17:00Z",
      created_at: NOW,
      updated_at: NOW,
      owner: "ann",
      notes: "multi",
    });
  });

  it("no time for a job that has none", () => {
    const status = xaxStatus({ job_id: "job-1", status: "completed" });
    expect(rowAfter(undefined, { status })).toEqual({
      experiment_id: "job-1",
      queue_job_id: "job-1",
      status: "completed",
      created_at: NOW,
      updated_at: NOW,
    });
  });

  it("over the queue's own cells while the experiment is open", () => {
    const old: Row = {
      status: "queued",
      task_key: "o",
      run_dir: "o",
      config_path: "o",
      started_at: LATER,
    };
    expect(rowAfter(old, { status: xaxStatus(xaxJob(FULL)) })).toMatchObject({
      task_key: "t",
      run_dir: "/r",
      config_path: "/c",
      started_at: "1970-01-01T00:16:50Z",
    });
  });

  describe("one cell that is empty in a row that is otherwise as the queue has it", () => {
    const scene: Scene = {
      status: xaxStatus(endedJob(FULL)),
      settings: loss,
      owner: "ann",
      metrics: { "job-1": { loss: 0.5, acc: 1 } },
    };
    const full = rowAfter(undefined, scene);
    const machine = ["experiment_id", "status", "created_at", "updated_at"];
    const columns = Object.keys(full).filter((column) => !machine.includes(column));

    it.each(columns)("%s, which is a change of the row", (column) => {
      const now = rowAfter({ ...full, [column]: "" }, { ...scene, at: LATER });
      expect(now).toEqual({ ...full, updated_at: LATER });
    });

    it("result_summary, which is a change of the row", () => {
      const status = xaxStatus(
        endedJob({ ...FULL, status: "failed", return_code: 1, error: "boom" }),
      );
      const failed = rowAfter(undefined, { ...scene, status });
      expect(failed["result_summary"]).toBe("exit 1: boom");
      const now = rowAfter({ ...failed, result_summary: "" }, { ...scene, status, at: LATER });
      expect(now).toEqual({ ...failed, updated_at: LATER });
    });

    it("and none changes nothing", () => {
      expect(rowAfter(full, { ...scene, at: LATER })).toEqual(full);
    });
  });

  it("into empty cells alone once the experiment is finished", () => {
    const old: Row = { status: "completed", task_key: "o", started_at: NOW, ended_at: LATER };
    expect(rowAfter(old, { status: xaxStatus(endedJob(FULL)) })).toMatchObject({
      task_key: "o",
      run_dir: "/r",
      started_at: NOW,
      ended_at: LATER,
    });
  });

  it("over no cell of people", () => {
    const mine: Row = {
      parent_experiment_id: "p",
      command: "mine",
      objective_metric: "acc",
      objective_mode: "max",
      objective_value: "7",
      hypothesis: "h",
      change_summary: "c",
      result_summary: "r",
      next_action: "n",
      owner: "ann",
      notes: "mine",
    };
    const failed = endedJob({ ...FULL, status: "failed", return_code: 1, error: "boom" });
    const scene = { settings: loss, owner: "bob", metrics: { "job-1": { loss: 1, acc: 2 } } };
    expect(rowAfter(mine, { status: xaxStatus(failed), ...scene })).toMatchObject(mine);
  });

  it("no mode of the session beside another metric of a person", () => {
    const cells = rowAfter(
      { objective_metric: "acc" },
      { status: xaxStatus(xaxJob()), settings: loss },
    );
    expect(cells).not.toHaveProperty("objective_mode");
  });

  it("no objective where the session names none, and a mode only with its metric", () => {
    const settings = settingsOf({ objective: { mode: "min", sameTask: false } });
    const cells = rowAfter(undefined, { status: xaxStatus(xaxJob()), settings });
    expect(cells).not.toHaveProperty("objective_metric");
    expect(cells).not.toHaveProperty("objective_mode");
  });

  it("no text that redaction hides, yet the ids as they are", () => {
    const status = xaxStatus(xaxJob(FULL));
    const redact = (text: string) => text.replace(/job|python|multi|loss/g, "***");
    const scene = { status, redact, metrics: { "job-1": { loss: 1 } } };
    const first = sync(scene);
    expect(cellsOf(first.draft, 0)).toMatchObject({
      experiment_id: "job-1",
      queue_job_id: "job-1",
      command: "*** a.py",
      notes: "***",
      metrics_json: '{"***": 1}',
    });
    expect(sync({ ...scene, log: first.text, at: LATER }).text).toBe(first.text);
  });

  it.each(["2026-11-23T09:30:00Z", "2026-11-23T09:30:00+00:00", "2026-11-23T10:30:00+01:00"])(
    "no time anew that stands there in other words: %s",
    (started_at) => {
      const status = xaxStatus(xaxJob({ started_at: 1795426200.75 }));
      expect(rowAfter({ status: "running", started_at }, { status })["started_at"]).toBe(
        started_at,
      );
    },
  );

  it("nothing when a queue's text cannot be stored as it is", () => {
    const status = xaxStatus(xaxJob({ command: "a\0b \ud800", task_key: "x\n<<<<<<< y" }));
    const first = sync({ status });
    const second = sync({ status, log: first.text, at: LATER });
    expect(second.text).toBe(first.text);
    expect(second.draft.cell(0, "command")).toBe("ab \ufffd");
  });
});

describe("the objective's value", () => {
  const metrics = { "job-1": { loss: 0.5 } };

  it.each(["completed", "failed", "cancelled"])("is recorded once the job is %s", (kind) => {
    const status = xaxStatus(endedJob({ status: kind, return_code: 1 }));
    const { changes, draft } = sync({ status, settings: loss, metrics });
    expect(draft.cell(0, "objective_value")).toBe("0.5");
    expect(changes).toMatchObject([{ kind: "added", to: kind, result: "loss 0.5" }]);
  });

  it("waits while the job runs", () => {
    const { changes, draft } = sync({ status: xaxStatus(xaxJob()), settings: loss, metrics });
    expect(draft.cell(0, "objective_value")).toBe("");
    expect(changes[0]).not.toHaveProperty("result");
  });

  it("is that of the row's metric where a person named one", () => {
    const cells = rowAfter(
      { objective_metric: "acc" },
      { status: xaxStatus(endedJob()), settings: loss, metrics: { "job-1": { loss: 1, acc: 2 } } },
    );
    expect(cells["objective_value"]).toBe("2");
  });

  it.each([
    [0.1 + 0.2, "0.30000000000000004"],
    [0.24410271644592285, "0.24410271644592285"],
    [1e-7, "1e-7"],
    [1e21, "1e+21"],
    [0, "0"],
    [-3, "-3"],
  ])("%d keeps the shortest decimal that reads back the same: %s", (value, text) => {
    const scene = { status: xaxStatus(endedJob()), settings: loss };
    const cells = rowAfter(undefined, { ...scene, metrics: { "job-1": { loss: value } } });
    expect(cells["objective_value"]).toBe(text);
  });

  it("is found in the log when the session names its metric after the job has finished", () => {
    const first = sync({ status: xaxStatus(endedJob()), metrics: { "job-1": { loss: 0.25 } } });
    const second = sync({
      status: xaxStatus(endedJob()),
      settings: loss,
      log: first.text,
      at: LATER,
    });
    expect(cellsOf(second.draft, 0)).toMatchObject({
      objective_metric: "loss",
      objective_value: "0.25",
      updated_at: LATER,
    });
    expect(second.changes).toMatchObject([{ kind: "updated", result: "loss 0.25" }]);
    const third = sync({ status: xaxStatus(endedJob()), settings: loss, log: second.text });
    expect(third.changes).toEqual([]);
  });

  it("is not what was measured in the middle of the run: the last metrics are awaited", () => {
    const running = { status: xaxStatus(xaxJob()), metrics: { "job-1": { loss: 9.5, acc: 1 } } };
    const first = sync({ ...running, settings: loss });
    const ended = { status: xaxStatus(endedJob()), settings: loss };
    const unread = sync({ ...ended, log: first.text, at: LATER });
    const stillUnread = sync({ ...ended, log: unread.text, at: MUCH_LATER });
    expect(cellsOf(stillUnread.draft, 0)).toMatchObject({
      status: "completed",
      metrics_json: '{"acc": 1, "loss": 9.5}',
      updated_at: LATER,
    });
    expect(stillUnread.draft.cell(0, "objective_value")).toBe("");
    const metrics = { "job-1": { loss: 0.31 } };
    const read = sync({ ...ended, log: stillUnread.text, metrics, at: MUCH_LATER });
    expect(cellsOf(read.draft, 0)).toMatchObject({
      objective_value: "0.31",
      metrics_json: '{"acc": 1, "loss": 0.31}',
    });
  });

  it.each(['{"é/loss": 0.25}', '{"\\u00e9/loss": 0.25}', '{"\\u00E9\\/loss": 0.25}'])(
    "is found under its name however that is escaped: %s",
    (metrics_json) => {
      const settings = settingsOf({
        objective: { metric: "é/loss", mode: "min", sameTask: false },
      });
      const row = { status: "completed", metrics_json };
      const cells = rowAfter(row, { status: xaxStatus(endedJob()), settings });
      expect(cells["objective_value"]).toBe("0.25");
    },
  );

  it.each(['{"loss": null}', '{"loss": "0.3"}', '{"acc": 1}', ""])(
    "is none in %j",
    (metrics_json) => {
      const cells = rowAfter(
        { status: "completed", metrics_json },
        { status: xaxStatus(endedJob()), settings: loss },
      );
      expect(cells).not.toHaveProperty("objective_value");
    },
  );
});

describe("metrics", () => {
  it("merge by key while the job runs, and stand still once it has finished", () => {
    const running = { status: xaxStatus(xaxJob()), metrics: { "job-1": { b: 2 } } };
    const cells = rowAfter({ metrics_json: '{"a": "mine", "b": 1}' }, running);
    expect(cells["metrics_json"]).toBe('{"a": "mine", "b": 2}');
    const finished = { status: xaxStatus(endedJob()), metrics: { "job-1": { b: 3 } } };
    const settled = { status: "completed", metrics_json: '{"b": 1}' };
    expect(rowAfter(settled, finished)["metrics_json"]).toBe('{"b": 1}');
    expect(rowAfter({ status: "completed" }, finished)["metrics_json"]).toBe('{"b": 3}');
  });

  it("of a finished experiment are only added to, but for the objective's, whose value is awaited", () => {
    const settled = {
      status: "completed",
      objective_metric: "loss",
      metrics_json: '{"acc": 0.9, "loss": 9.5}',
    };
    const scene = { status: xaxStatus(endedJob()), settings: loss };
    const late = { acc: 0.5, f1: 0.7 };
    expect(rowAfter(settled, { ...scene, metrics: { "job-1": late } })["metrics_json"]).toBe(
      '{"acc": 0.9, "f1": 0.7, "loss": 9.5}',
    );
    const all = { "job-1": { ...late, loss: 0.3 } };
    expect(rowAfter(settled, { ...scene, metrics: all })).toMatchObject({
      metrics_json: '{"acc": 0.9, "f1": 0.7, "loss": 0.3}',
      objective_value: "0.3",
    });
  });

  it("of the status count where none were read, and poisoned keys never", () => {
    const status = xaxStatus(xaxJob({ metrics: { a: 1 } }));
    expect(rowAfter(undefined, { status })["metrics_json"]).toBe('{"a": 1}');
    const read = {
      "job-1": Object.fromEntries([
        ["__proto__", 1],
        ["constructor", 2],
        ["b", 3],
      ]),
    };
    expect(rowAfter(undefined, { status, metrics: read })["metrics_json"]).toBe('{"b": 3}');
    const only = { "job-1": { prototype: 1 } };
    expect(rowAfter(undefined, { status, metrics: only })).not.toHaveProperty("metrics_json");
  });
});

describe("the outcome's line", () => {
  it.each([
    ["completed", {}, undefined],
    ["running", { status: "running", error: "x" }, undefined],
    ["queued", { status: "queued" }, undefined],
    ["failed", { status: "failed", return_code: 3, error: "boom" }, "exit 3: boom"],
    [
      "failed without a word",
      { status: "failed", return_code: -9, oom_detected: true },
      "oom: no reason given",
    ],
    ["cancelled", { status: "cancelled", error: "by ann" }, "by ann"],
    ["cancelled without a word", { status: "cancelled" }, undefined],
    ["cancelled with an empty word", { status: "cancelled", error: "\n" }, undefined],
  ])("of a job that is %s", (_name, fields, line) => {
    expect(rowAfter(undefined, { status: xaxStatus(endedJob(fields)) })["result_summary"]).toBe(
      line,
    );
  });

  it.each([
    ["completed", {}, "diverged: loss is not a finite number"],
    [
      "failed with an exit code",
      { status: "failed", return_code: 1, error: "x" },
      "diverged: loss is not a finite number",
    ],
    ["failed for want of memory", { status: "failed", oom_detected: true, error: "x" }, "oom: x"],
    ["cancelled", { status: "cancelled", error: "by ann" }, "by ann"],
  ])("of a job that diverged and is %s", (_name, fields, line) => {
    const scene = { status: xaxStatus(endedJob(fields)), settings: loss };
    const cells = rowAfter(undefined, { ...scene, metrics: { "job-1": { loss: Number.NaN } } });
    expect(cells["result_summary"]).toBe(line);
    expect(cells).not.toHaveProperty("objective_value");
    expect(cells["metrics_json"]).toBe('{"loss": null}');
  });

  it("is cut after 500 characters, never within one", () => {
    const long = (error: string) =>
      rowAfter(undefined, { status: xaxStatus(endedJob({ status: "cancelled", error })) })[
        "result_summary"
      ];
    expect(long("x".repeat(500))).toBe("x".repeat(500));
    expect(long("x".repeat(501))).toBe(`${"x".repeat(499)}…`);
    expect(long("🔧".repeat(500))).toBe("🔧".repeat(500));
    expect(long("🔧".repeat(501))).toBe(`${"🔧".repeat(499)}…`);
  });

  it("has nothing of a secret that the cut goes through", () => {
    const secret = "0123456789abcdefghijklmnopqrstuvwxyzABCD";
    const redact = createRedactor({ secrets: [secret], settings: { paths: true, patterns: [] } });
    for (let length = 440; length <= 500; length += 1) {
      const error = `${"x".repeat(length)} ${secret}`;
      const status = xaxStatus(endedJob({ status: "failed", return_code: 1, error }));
      const cells = rowAfter(undefined, { status, redact });
      expect(cells["result_summary"]).not.toContain(secret.slice(0, 8));
    }
  });
});

describe("a requeue", () => {
  const attempt = endedJob({ status: "failed", return_code: 1, error: "boom" });
  const first = sync({
    status: xaxStatus(attempt),
    settings: loss,
    metrics: { "job-1": { loss: 0.5 } },
  });

  it("takes back what the machine wrote of the attempt, and keeps what people wrote", () => {
    const log = first.text.replace(/multi$/, "").replace(/,\n$/, ",mine\n");
    const again = sync({
      status: xaxStatus(xaxJob({ started_at: 2000 })),
      log,
      settings: loss,
      at: LATER,
    });
    expect(cellsOf(again.draft, 0)).toMatchObject({
      status: "running",
      started_at: "1970-01-01T00:33:20Z",
      metrics_json: '{"loss": 0.5}',
      notes: "mine",
      updated_at: LATER,
    });
    for (const column of ["ended_at", "objective_value", "result_summary"]) {
      expect(again.draft.cell(0, column)).toBe("");
    }
  });

  it.each([
    ["exit 137: killed by hand", undefined],
    ["exit -9: signal", undefined],
    ["timeout: 8 h", undefined],
    ["seen before: oom: again", "seen before: oom: again"],
    ["exit: no number", "exit: no number"],
  ])("leaves of the outcome %j: %j", (result_summary, left) => {
    const row: Row = { status: "failed", ended_at: "1970-01-01T00:17:00Z", result_summary };
    const now = rowAfter(row, { status: xaxStatus(xaxJob({ started_at: 2000 })) });
    expect(now["status"]).toBe("running");
    expect(now["result_summary"]).toBe(left);
  });

  it("keeps a value and an outcome that a person wrote", () => {
    const log = first.text.replace(",0.5,", ",0.4,").replace("exit 1: boom", "too slow");
    const again = sync({ status: xaxStatus(xaxJob({ started_at: 2000 })), log, at: LATER });
    expect(cellsOf(again.draft, 0)).toMatchObject({
      objective_value: "0.4",
      result_summary: "too slow",
    });
  });

  it("that has ended too brings all of its own: times, metrics, value and outcome", () => {
    const second = endedJob({
      status: "failed",
      return_code: 2,
      error: "bang",
      started_at: 2000,
      ended_at: 2010,
    });
    const scene = {
      status: xaxStatus(second),
      settings: loss,
      metrics: { "job-1": { loss: 0.7 } },
    };
    const again = sync({ ...scene, log: first.text, at: LATER });
    expect(cellsOf(again.draft, 0)).toMatchObject({
      started_at: "1970-01-01T00:33:20Z",
      ended_at: "1970-01-01T00:33:30Z",
      objective_value: "0.7",
      metrics_json: '{"loss": 0.7}',
      result_summary: "exit 2: bang",
    });
    expect(again.changes).toMatchObject([{ kind: "moved", from: "failed", to: "failed" }]);
    expect(sync({ ...scene, log: again.text, at: MUCH_LATER }).text).toBe(again.text);
  });

  it("that has ended without metrics gets no value of the attempt before", () => {
    const again = sync({ status: xaxStatus(xaxJob({ started_at: 2000 })), log: first.text });
    const ended = {
      status: xaxStatus(endedJob({ started_at: 2000, ended_at: 2010 })),
      settings: loss,
    };
    const last = sync({ ...ended, log: again.text, at: LATER });
    expect(cellsOf(last.draft, 0)).toMatchObject({ status: "completed", objective_metric: "loss" });
    expect(last.draft.cell(0, "objective_value")).toBe("");
    expect(sync({ ...ended, log: last.text, at: MUCH_LATER }).text).toBe(last.text);
  });

  it("of a job that runs takes its start away while it waits", () => {
    const log = logText([
      { experiment_id: "job-1", status: "running", started_at: "1970-01-01T00:10:00Z" },
    ]);
    const waiting = { status: xaxStatus(xaxJob({ status: "queued", enqueued_at: 700 })), log };
    const again = sync(waiting);
    expect(cellsOf(again.draft, 0)).toMatchObject({ status: "queued" });
    expect(again.draft.cell(0, "started_at")).toBe("");
    expect(sync({ ...waiting, log: again.text, at: LATER }).text).toBe(again.text);
  });

  it("is none while nothing shows that the job was submitted anew", () => {
    const log = logText([
      { experiment_id: "job-1", status: "running", started_at: "1970-01-01T00:20:00Z" },
    ]);
    const { warnings, text } = sync({ status: xaxStatus(xaxJob({ status: "queued" })), log });
    expect(text).toBe(log);
    expect(warnings).toEqual([
      'the queue reports job "job-1" as queued, experiment "job-1" stays running: running does not become queued',
    ]);
  });
});

describe("a superseded experiment", () => {
  const log = logText([{ experiment_id: "job-1", status: "superseded" }]);

  it("stays as it is, without a word once its job has finished", () => {
    const { text, warnings } = sync({ status: xaxStatus(endedJob(FULL)), log });
    expect(text).toBe(log);
    expect(warnings).toEqual([]);
  });

  it("stays as it is, with a warning while its job still runs", () => {
    const { text, warnings } = sync({ status: xaxStatus(xaxJob()), log });
    expect(text).toBe(log);
    expect(warnings).toHaveLength(1);
  });
});

it("a row without a status takes that of its job", () => {
  const { changes } = sync({
    status: xaxStatus(xaxJob()),
    log: logText([{ experiment_id: "job-1" }]),
  });
  expect(changes).toEqual([{ kind: "moved", experimentId: "job-1", to: "running" }]);
});
