import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/core/analysis/analyse.ts";
import { numberAt, runtimeOf, sortByEnd } from "../../../src/core/analysis/scan.ts";
import { type Cells, logTable } from "../../builders/log-table.ts";
import { sessionSettings } from "../../builders/report.ts";

const at = (hour: number) => `2026-03-01T0${hour}:00:00Z`;
const seconds = (hour: number) => Date.parse(at(hour)) / 1000;

function scanOf(rows: readonly Cells[]) {
  return analyse(logTable(rows), sessionSettings()).scan;
}

test("a row that is not there has no number", () => {
  const numbers = Float64Array.of(7, Number.NaN);
  expect(numberAt(numbers, 0)).toBe(7);
  expect(numberAt(numbers, 1)).toBeNaN();
  expect(numberAt(numbers, 2)).toBeNaN();
});

describe("instants", () => {
  test("are read of every row, and are NaN where the log has none", () => {
    const scan = scanOf([
      { started_at: at(1), ended_at: at(2), updated_at: at(3) },
      { updated_at: "" },
    ]);
    expect([...scan.startedAt]).toEqual([seconds(1), Number.NaN]);
    expect([...scan.endedAt]).toEqual([seconds(2), Number.NaN]);
    expect([...scan.updatedAt]).toEqual([seconds(3), Number.NaN]);
  });

  test("of the newest update are found wherever it stands, past rows without one", () => {
    expect(scanOf([{ updated_at: "" }, { updated_at: at(5) }, { updated_at: at(3) }]).newest).toBe(
      seconds(5),
    );
    expect(scanOf([{ updated_at: at(3) }, { updated_at: "" }]).newest).toBe(seconds(3));
    expect(scanOf([{ updated_at: "" }]).newest).toBeNaN();
    expect(scanOf([]).newest).toBeNaN();
  });

  test("of the end are ended_at, else updated_at, else after everything", () => {
    const scan = scanOf([
      { ended_at: at(1), updated_at: at(3) },
      { updated_at: at(2) },
      { updated_at: "" },
    ]);
    expect([...scan.endAt]).toEqual([seconds(1), seconds(2), Number.MAX_VALUE]);
  });
});

describe("rows by end", () => {
  test("are stable: the same end keeps the order of the file, whatever order they came in", () => {
    const ends = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(ends, fc.infiniteStream(fc.nat()), (values, random) => {
        const endAt = Float64Array.from(values);
        const expected = values
          .map((end, row) => ({ end, row }))
          .sort((a, b) => a.end - b.end || a.row - b.row)
          .map(({ row }) => row);
        const rows = values.map((_, row) => row);
        rows.sort(() => ((random.next().value ?? 0) % 2 === 0 ? 1 : -1));
        sortByEnd(rows, { endAt });
        expect(rows).toEqual(expected);
      }),
    );
  });
});

describe("a runtime", () => {
  test("is from start to end, and to the newest update while it runs", () => {
    const scan = scanOf([
      { started_at: at(1), ended_at: at(3), updated_at: at(3) },
      { status: "running", started_at: at(2), ended_at: at(3), updated_at: at(6) },
      { started_at: at(2), ended_at: at(2) },
    ]);
    expect([0, 1, 2].map((row) => runtimeOf(scan, row))).toEqual([2 * 3600, 4 * 3600, 0]);
  });

  test("is unknown without a start, without an end and where it runs backwards", () => {
    const scan = scanOf([
      { ended_at: at(3) },
      { started_at: at(3) },
      { started_at: at(3), ended_at: at(2) },
      { status: "running", updated_at: at(5) },
    ]);
    expect([0, 1, 2, 3, 4].map((row) => runtimeOf(scan, row))).toEqual(Array(5).fill(undefined));
  });
});

test("results and failures are sorted by end, and rows without a value or a verdict are neither", () => {
  const result = { objective_metric: "loss", objective_mode: "min", objective_value: "1" };
  const scan = scanOf([
    { ...result, ended_at: at(4) },
    { ...result, ended_at: at(2) },
    { ...result, objective_value: "" },
    { ...result, status: "running" },
    { status: "failed", result_summary: "oom: x", ended_at: at(3) },
    { status: "failed", result_summary: "oom: y", ended_at: at(1) },
    { status: "failed", result_summary: "infra: node", ended_at: at(1) },
    { ...result, objective_metric: "other" },
    { ...result, objective_metric: "other", objective_value: "" },
    { ...result, status: "planned", objective_value: "", updated_at: at(9) },
  ]);
  expect(scan.ranked).toEqual([1, 0]);
  expect(scan.failures).toEqual([5, 4]);
  expect([...scan.infraFailures]).toEqual([6]);
  expect(scan.notComparable).toEqual([7]);
});

test("rows of a session whose rows name no task are of one task", () => {
  const row = { objective_metric: "loss", objective_mode: "min", objective_value: "1" };
  const { scan, objective } = analyse(
    logTable([row, row]),
    sessionSettings({ objective: { sameTask: true } }),
  );
  expect(objective.task).toBeUndefined();
  expect(scan.ranked).toEqual([0, 1]);
});
