import { describe, expect, it } from "vitest";
import type { Column } from "../../../../src/core/log/columns.ts";
import {
  apply,
  ending,
  ledgerEntry,
  outcomesOf,
  result,
  sessionFiles,
} from "../../../builders/apply.ts";

const CANCEL = ending("cancel", 'exp-1 "no need"');
type Row = Partial<Record<Column, string>>;

/** Cancels the first of some rows, has the log changed then, and gives the same command again. */
function again(
  rows: readonly Row[],
  change: (rows: readonly Row[]) => readonly Row[] = (same) => same,
) {
  const first = apply(sessionFiles({ rows }), [CANCEL]);
  const cancelled = rows.map((row, at) => (at === 0 ? { ...row, status: "cancelled" } : row));
  const files = new Map([...first.files, ...sessionFiles({ rows: change(cancelled) })]);
  const second = apply(files, [CANCEL]);
  expect(second.files).toBe(files);
  return outcomesOf(second)[0];
}

const RUNNING = { experiment_id: "exp-1", status: "running", queue_job_id: "job-1" };

describe("a /cancel that is given again because its run ended", () => {
  it("names the job once more, which nobody may have cancelled", () => {
    expect(again([RUNNING])).toMatchObject({
      kind: "repeated",
      experimentIds: ["exp-1"],
      notes: [{ kind: "job-may-run", experimentId: "exp-1", jobId: "job-1" }],
    });
  });

  it("names the job of the ledger where the row has none", () => {
    const rows = [{ experiment_id: "exp-1", status: "cancelled" }];
    const launched = ledgerEntry({ outcome: "launched", detail: "job-9" });
    const [{ opId = "" } = {}] = outcomesOf(
      apply(sessionFiles({ rows: [{ ...rows[0], status: "planned" }] }), [CANCEL]),
    );
    const files = sessionFiles({ rows, ledger: [launched, ledgerEntry({ opId })] });
    expect(outcomesOf(apply(files, [CANCEL]))[0]?.notes).toEqual([
      { kind: "job-may-run", experimentId: "exp-1", jobId: "job-9" },
    ]);
  });

  it.each([
    [
      "is not cancelled any more",
      (rows: readonly Row[]) => rows.map((row) => ({ ...row, status: "superseded" })),
    ],
    ["is gone", () => [{ experiment_id: "exp-2" }]],
    [
      "had a job whose id another row has by now",
      (rows: readonly Row[]) => [...rows, { ...RUNNING, experiment_id: "exp-2" }],
    ],
  ])("leaves the queue alone when the row %s", (_what, change) => {
    expect(again([RUNNING], change)).toMatchObject({ kind: "repeated", notes: [] });
  });

  it("has nothing to say of a row without a job, whatever the others have", () => {
    const rows = [
      { experiment_id: "exp-1", status: "planned" },
      { ...RUNNING, experiment_id: "exp-2" },
    ];
    expect(again(rows)).toMatchObject({ kind: "repeated", notes: [] });
    const others = [RUNNING, { ...RUNNING, experiment_id: "exp-2", queue_job_id: "job-2" }];
    expect(again(others)?.notes).toHaveLength(1);
  });
});

describe("another command that is given again", () => {
  it("names no job", () => {
    const command = result("exp-1", { status: "cancelled" });
    const first = apply(sessionFiles({ rows: [RUNNING] }), [command]);
    expect(outcomesOf(apply(first.files, [command]))).toMatchObject([
      { kind: "repeated", notes: [] },
    ]);
  });
});
