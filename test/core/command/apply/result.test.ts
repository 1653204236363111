import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import type { Status } from "../../../../src/core/log/columns.ts";
import {
  apply,
  entriesOf,
  factsOf,
  outcomesOf,
  result,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { LATER, NOW } from "../../../builders/log.ts";

const OBJECTIVE = "objective: { metric: loss, mode: min }\n";
type Row = Readonly<Record<string, string>>;

const session = (row: Row, settings = OBJECTIVE) => sessionFiles({ rows: [row], settings });
const metrics = (pairs: Readonly<Record<string, number>>) => ({
  metrics: new Map(Object.entries(pairs)),
});
function recorded(row: Row, command: Command, settings?: string) {
  const applied = apply(session(row, settings), [command]);
  const [outcome] = outcomesOf(applied);
  return { row: rowsOf(applied.files)[0], outcome, files: applied.files };
}

describe("/result", () => {
  it("records value, metrics, text and status of an experiment", () => {
    const said = result("exp-1", {
      value: 0.25,
      ...metrics({ acc: 0.9, loss: 0.25 }),
      status: "completed",
      text: "Better.",
    });
    const { row, outcome, files } = recorded(
      { status: "running", metrics_json: '{"acc": 1}' },
      said,
    );
    expect(row).toEqual({
      experiment_id: "exp-1",
      status: "completed",
      objective_metric: "loss",
      objective_mode: "min",
      objective_value: "0.25",
      metrics_json: '{"acc": 0.9, "loss": 0.25}',
      result_summary: "Better.",
      ended_at: NOW,
      updated_at: NOW,
    });
    expect(outcome?.changes).toEqual([
      {
        kind: "moved",
        experimentId: "exp-1",
        from: "running",
        to: "completed",
        result: "loss 0.25",
      },
    ]);
    expect(entriesOf(files)[0]?.detail).toMatch(/^status running → completed, /);
    expect(outcome?.notes).toEqual([]);
  });

  it("takes the objective's own metric for its value", () => {
    const { row } = recorded({ status: "completed" }, result("exp-1", metrics({ loss: 0.5 })));
    expect(row).toMatchObject({ objective_value: "0.5", metrics_json: '{"loss": 0.5}' });
    const own = { status: "completed", objective_metric: "acc", objective_mode: "max" };
    const other = recorded(own, result("exp-1", metrics({ loss: 0.5 })));
    expect(other.row).not.toHaveProperty("objective_value");
  });

  it("keeps the objective that the row names, and its direction", () => {
    const own = { status: "completed", objective_metric: "acc", objective_mode: "max" };
    expect(recorded(own, result("exp-1", { value: 1 })).row).toMatchObject({
      objective_metric: "acc",
      objective_mode: "max",
      objective_value: "1",
    });
    const unclear = { status: "completed", objective_metric: "acc" };
    expect(recorded(unclear, result("exp-1", { value: 1 })).row).not.toHaveProperty(
      "objective_mode",
    );
    const unsaid = recorded({ status: "completed" }, result("exp-1", { value: 1 }), "issue: 1\n");
    expect(unsaid.row).not.toHaveProperty("objective_metric");
    expect(unsaid.outcome?.changes).toMatchObject([{ kind: "updated", result: "1" }]);
    const modeless = recorded(
      { status: "completed" },
      result("exp-1", { value: 1 }),
      "objective: { metric: loss }\n",
    );
    expect(modeless.row).toMatchObject({ objective_metric: "loss" });
    expect(modeless.row).not.toHaveProperty("objective_mode");
  });

  it("keeps an end that is known, and sets none for what is still open", () => {
    const ended = { status: "running", ended_at: "2026-01-01T00:00:00Z" };
    expect(recorded(ended, result("exp-1", { status: "failed" })).row).toMatchObject({
      status: "failed",
      ended_at: "2026-01-01T00:00:00Z",
    });
    const { row } = recorded({ status: "planned" }, result("exp-1", { status: "queued" }));
    expect(row).not.toHaveProperty("ended_at");
    expect(recorded({}, result("exp-1", { status: "completed" })).outcome?.changes).toEqual([
      { kind: "moved", experimentId: "exp-1", to: "completed" },
    ]);
  });

  it("says that a value of an open experiment does not count yet", () => {
    const text = (status: string) =>
      `Experiment "exp-1" is still ${status}: its value counts once /result says status=completed.`;
    const { outcome } = recorded({ status: "planned" }, result("exp-1", { value: 1 }));
    expect(outcome?.notes).toEqual([{ kind: "sentence", text: text("planned") }]);
    const bare = recorded({}, result("exp-1", { value: 1 }));
    expect(bare.outcome?.notes).toEqual([{ kind: "sentence", text: text("without a status") }]);
    expect(recorded({ status: "planned" }, result("exp-1", { text: "x" })).outcome?.notes).toEqual(
      [],
    );
  });

  it("says that the job of what it records as cancelled may still run", () => {
    const row = { status: "running", queue_job_id: "job-1" };
    const notes = (status: Status) => recorded(row, result("exp-1", { status })).outcome?.notes;
    expect(notes("cancelled")).toEqual([
      { kind: "job-may-run", experimentId: "exp-1", jobId: "job-1" },
    ]);
    expect(notes("completed")).toEqual([]);
  });

  it("removes secrets from its text and from names of metrics", () => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const said = result("exp-1", { text: "hunter2", ...metrics({ hunter2: 1 }) });
    const { files } = apply(session({ status: "running" }), [said], { redact });
    expect(rowsOf(files)[0]).toMatchObject({
      result_summary: "[redacted]",
      metrics_json: '{"[redacted]": 1}',
    });
  });
});

describe("/result is refused", () => {
  it.each<readonly [string, Row, Command, RegExp]>([
    ["for an unknown experiment", {}, result("exp-9"), /no experiment "exp-9"/],
    [
      "for a move that the log forbids",
      { status: "completed" },
      result("exp-1", { status: "failed" }),
      /cannot become failed: it is completed already/,
    ],
    [
      "for a way back",
      { status: "running" },
      result("exp-1", { status: "planned" }),
      /does not become planned again/,
    ],
    [
      "for superseding without a successor",
      { status: "completed" },
      result("exp-1", { status: "superseded" }),
      /write \/supersede with by=/,
    ],
    [
      "where it says two values",
      { status: "running" },
      result("exp-1", { value: 1, ...metrics({ loss: 2 }) }),
      /^value= says 1, and the objective's metric says 2\. /,
    ],
  ])("%s", (_name, row, command, sentence) => {
    expect(sentencesOf(apply(session(row), [command]))).toEqual([expect.stringMatching(sentence)]);
  });
});

describe("a final result", () => {
  const final = {
    status: "completed",
    objective_metric: "loss",
    objective_value: "0.30",
    metrics_json: '{"acc": 0.9, "note": "x"}',
  };

  it("is not changed without --force, which the refusal names", () => {
    const said = result("exp-1", { value: 0.25, ...metrics({ acc: 0.8, note: 1, more: 1 }) });
    expect(sentencesOf(apply(session(final), [said]))).toEqual([
      'experiment "exp-1" is finished and its result is final; this would change "objective_value 0.30 → 0.25", "acc 0.9 → 0.8", "note \\"x\\" → 1". Add --force to do so; the report then names it.',
    ]);
  });

  it("may be changed with --force, and the ledger and the facts then name it", () => {
    const said = result("exp-1", { value: 0.25, ...metrics({ acc: 0.8 }), isForced: true });
    const { row, files } = recorded(final, said);
    expect(row).toMatchObject({
      objective_value: "0.25",
      metrics_json: '{"acc": 0.8, "note": "x"}',
    });
    expect(entriesOf(files)[0]?.detail).toBe("forced: objective_value 0.30 → 0.25, acc 0.9 → 0.8");
    expect(factsOf(files).forcedResults).toEqual([
      {
        experimentId: "exp-1",
        by: "ann",
        what: "objective_value 0.30 → 0.25, acc 0.9 → 0.8",
        at: NOW,
      },
    ]);
  });

  it("may be said again, added to and described", () => {
    const said = result("exp-1", { value: 0.3, ...metrics({ acc: 0.9, more: 1 }), text: "so" });
    const { row, files } = recorded(final, said);
    expect(row).toMatchObject({ objective_value: "0.30", result_summary: "so" });
    expect(row?.["metrics_json"]).toBe('{"acc": 0.9, "more": 1, "note": "x"}');
    expect(factsOf(files).forcedResults).toEqual([]);
    const forced = recorded(final, { ...said, isForced: true } as Command);
    expect(factsOf(forced.files).forcedResults).toEqual([]);
  });

  it("is none while the experiment runs", () => {
    const running = { ...final, status: "running", result_summary: "so far" };
    const said = result("exp-1", { value: 0.25, ...metrics({ acc: 0.8 }), text: "so" });
    expect(recorded(running, said).row).toMatchObject({
      objective_value: "0.25",
      result_summary: "so",
    });
  });

  it("without a value takes one, and keeps what else it has", () => {
    const without = { ...final, objective_value: "" };
    expect(recorded(without, result("exp-1", { value: 0.25 })).row).toMatchObject({
      objective_value: "0.25",
    });
    expect(sentencesOf(apply(session(without), [result("exp-1", metrics({ acc: 0.8 }))]))).toEqual([
      expect.stringContaining('would change "acc 0.9 → 0.8".'),
    ]);
  });

  it("keeps its words, a rejection's reason too, unless --force changes them", () => {
    const rejected = { status: "cancelled", result_summary: "rejected by bob: unsafe" };
    const what = (text: string) => `result_summary "rejected by bob: unsafe" → ${text}`;
    const said = result("exp-1", { text: "great" });
    expect(sentencesOf(apply(session(rejected), [said]))).toEqual([
      expect.stringContaining(`would change ${JSON.stringify(what('"great"'))}.`),
    ]);
    expect(sentencesOf(apply(session(final), [result("exp-1", { text: "new" })]))).toEqual([]);
    const { row, files } = recorded(rejected, { ...said, isForced: true } as Command);
    expect(row).toMatchObject({ result_summary: "great" });
    expect(factsOf(files).forcedResults).toMatchObject([{ what: what('"great"') }]);
    const long = result("exp-1", { text: "a".repeat(81), isForced: true });
    expect(factsOf(recorded(rejected, long).files).forcedResults).toMatchObject([
      { what: what(`"${"a".repeat(79)}…"`) },
    ]);
  });

  it("may be told in the same words again, as the log has them", () => {
    const text = "so\n<<<<<<< it is";
    const once = apply(session(final), [result("exp-1", { text })]).files;
    const again = apply(once, [result("exp-1", { text })], { commentId: "2" });
    expect(entriesOf(again.files)[1]).toMatchObject({ detail: "no change" });
  });

  it("is protected against the objective's metric under its own name", () => {
    const refused = apply(session(final), [result("exp-1", metrics({ loss: 0.2 }))], {
      now: LATER,
    });
    expect(sentencesOf(refused)).toEqual([expect.stringContaining("objective_value 0.30 → 0.2")]);
  });
});
