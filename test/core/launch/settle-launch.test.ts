import { describe, expect, test } from "vitest";
import { type SettleInput, settleLaunch } from "../../../src/core/launch/settle-launch.ts";
import type { Column } from "../../../src/core/log/columns.ts";
import { extendLedger } from "../../builders/extend-ledger.ts";
import { queued } from "../../builders/launch.ts";
import { cellsOf, draftOf, LATER, logText, NOW } from "../../builders/log.ts";

const OP = "aaaaaaaaaaaaaaaaaaaa";
const JOB = { kind: "launched", jobId: "job-1" } as const;
const UNKNOWN = { kind: "unknown", reason: "Nobody knows." } as const;

function scene(overrides: Partial<SettleInput> = {}): SettleInput {
  return {
    ...queued({}, [{ outcome: "launching", detail: "run r1" }]),
    experimentId: "exp-1",
    opId: OP,
    ending: JOB,
    isRecovery: false,
    source: undefined,
    now: LATER,
    redact: (text) => text.replace("hunter2", "***"),
    ...overrides,
  };
}

/** The log of the scene with a second row. */
function withRow(
  row: Partial<Record<Column, string>>,
  first: Partial<Record<Column, string>> = {},
) {
  const { draft } = scene();
  return draftOf(
    logText([
      { ...cellsOf(draft, 0), ...first },
      { experiment_id: "job-1", ...row },
    ]),
  );
}

describe("a launched experiment", () => {
  test("gets its job and is queued, and the ledger says so", () => {
    const input = scene();
    const settled = settleLaunch(input);
    const line = input.ledger.entries.at(-1);
    expect(settled).toEqual({
      ending: JOB,
      added: [{ ...line, outcome: "launched", detail: "job-1", at: LATER }],
      changes: [{ kind: "moved", experimentId: "exp-1", from: "planned", to: "queued" }],
    });
    expect(cellsOf(input.draft, 0)).toMatchObject({
      queue_job_id: "job-1",
      status: "queued",
      updated_at: LATER,
    });
    const ledger = extendLedger(input.ledger, settled.added);
    const again = settleLaunch({ ...input, ledger });
    expect(again).toEqual({ ending: JOB, added: [], changes: [] });
  });

  test("names the queue before the job where several feed the log", () => {
    const input = scene({ source: "gpu01" });
    settleLaunch(input);
    expect(input.draft.cell(0, "queue_job_id")).toBe("gpu01/job-1");
    expect(settleLaunch(input).changes).toEqual([]);
  });

  test("that was cancelled meanwhile stays so, but its job is named", () => {
    const input = scene();
    input.draft.set(0, "status", "cancelled");
    expect(settleLaunch(input).changes).toEqual([{ kind: "updated", experimentId: "exp-1" }]);
    expect(cellsOf(input.draft, 0)).toMatchObject({ status: "cancelled", queue_job_id: "job-1" });
  });

  test("that has its job already, as after a crash between two files, only gets its line", () => {
    const input = scene();
    input.draft.set(0, "queue_job_id", "job-1");
    input.draft.set(0, "status", "queued");
    const { added, changes } = settleLaunch(input);
    expect([added.length, changes]).toEqual([1, []]);
  });

  test("whose row somebody took out of the file is still in the ledger", () => {
    const { added, changes } = settleLaunch(scene({ draft: draftOf(logText([])) }));
    expect([added[0]?.outcome, changes]).toEqual(["launched", []]);
  });
});

describe("a job that another row has", () => {
  test.each([
    ["running", {}],
    ["completed", { ended_at: LATER }],
    ["completed", {}],
  ])("is nobody else's: %s %j", (status, cells) => {
    const draft = withRow({ queue_job_id: "job-1", status, ...cells });
    const settled = settleLaunch(scene({ draft }));
    expect(settled.ending).toEqual({
      kind: "unknown",
      reason:
        'It was submitted as job "job-1", which is recorded as experiment "job-1" already: follow it there, and supersede experiment "exp-1" by it.',
    });
    expect(settled.added[0]).toMatchObject({ outcome: "launch-unknown" });
    expect(cellsOf(draft, 0)).not.toHaveProperty("queue_job_id");
  });

  test.each([{ ended_at: "2026-11-22T00:00:00Z" }, { updated_at: "2026-11-22T00:00:00Z" }])(
    "is another job of the same name when that row had ended before: %j",
    (cells) => {
      const draft = withRow({ queue_job_id: "job-1", status: "failed", ...cells });
      expect(settleLaunch(scene({ draft })).ending).toEqual(JOB);
    },
  );

  test("is not the one of a row that has another by now", () => {
    const input = scene();
    input.draft.set(0, "queue_job_id", "job-7");
    expect(settleLaunch(input).ending).toEqual({
      kind: "unknown",
      reason: 'It was submitted as job "job-1", but has job "job-7" by now: correct queue_job_id.',
    });
  });
});

describe("a launch that came to nothing", () => {
  test.each([
    ["failed", "launch-failed"],
    ["unknown", "launch-unknown"],
  ] as const)("is %s, with its reason and without secrets", (kind, outcome) => {
    const input = scene({ ending: { kind, reason: "It said hunter2." } });
    const { added, changes } = settleLaunch(input);
    expect(added).toMatchObject([{ outcome, detail: "It said ***." }]);
    expect(changes).toEqual([]);
    expect(input.draft.cell(0, "status")).toBe("planned");
    const ledger = extendLedger(input.ledger, added);
    expect(settleLaunch({ ...input, ledger }).added).toEqual([]);
  });
});

describe("of two that settle one launch", () => {
  const settledAs = (outcome: "launched" | "launch-failed" | "launch-unknown", detail: string) =>
    queued({}, [
      { outcome: "launching", detail: "run r1" },
      { outcome, detail },
    ]);

  test("who knows the job is right", () => {
    const known = settledAs("launched", "job-5");
    expect(settleLaunch(scene({ ...known, ending: UNKNOWN }))).toEqual({
      ending: { kind: "launched", jobId: "job-5" },
      added: [],
      changes: [],
    });
    const unknown = settledAs("launch-unknown", "Gone.");
    expect(settleLaunch(scene(unknown)).added).toMatchObject([{ outcome: "launched" }]);
  });

  test.each([
    ["launch-failed", { kind: "failed", reason: "No." }],
    ["launch-unknown", { kind: "unknown", reason: "No." }],
  ] as const)("who only looks for what another run began leaves %s as it is", (outcome, ending) => {
    const input = scene({ ...settledAs(outcome, "No."), isRecovery: true });
    expect(settleLaunch(input)).toEqual({ ending, added: [], changes: [] });
  });

  test("who recovers it records what nobody has recorded", () => {
    const { added } = settleLaunch(scene({ isRecovery: true, ending: UNKNOWN }));
    expect(added).toMatchObject([{ outcome: "launch-unknown", actor: "ann", at: LATER }]);
    expect(NOW).not.toBe(LATER);
  });
});
