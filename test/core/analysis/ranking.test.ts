import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse, valueAt } from "../../../src/core/analysis/analyse.ts";
import { deltaBetween, isBetter, rankBest } from "../../../src/core/analysis/ranking.ts";
import type { SessionSettings } from "../../../src/core/session/settings.ts";
import { type Cells, logTable } from "../../builders/log-table.ts";
import { sessionSettings } from "../../builders/report.ts";

const result = (value: number | string, cells: Cells = {}): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
  ...cells,
});

function analysisOf(rows: readonly Cells[], settings: Partial<SessionSettings> = {}) {
  return analyse(logTable(rows), sessionSettings(settings));
}

describe("the best", () => {
  test("is the lowest for min and the highest for max", () => {
    expect(analysisOf([result(2), result(1), result(3)]).best).toBe(1);
    const max = { objective_mode: "max" };
    expect(analysisOf([result(2, max), result(1, max), result(3, max)]).best).toBe(2);
  });

  test("is the earlier end among equals, not the earlier row", () => {
    const rows = [
      result(1, { ended_at: "2026-03-01T09:00:00Z" }),
      result(1, { ended_at: "2026-03-01T08:00:00Z" }),
    ];
    expect(analysisOf(rows).best).toBe(1);
    expect(analysisOf([result(1), result(1)]).best).toBe(0);
  });

  test.each(["failed", "cancelled", "superseded", "running", "queued", "planned"])(
    "is never %s",
    (status) => {
      expect(analysisOf([result(2), result(1, { status })]).best).toBe(0);
    },
  );

  test.each(["", "nan", "NaN", "inf", "-Infinity", "1e999", "0x10", "1,5", "fast", " "])(
    "never has the value %j",
    (value) => {
      expect(analysisOf([result(2), result(value)]).best).toBe(0);
      expect(analysisOf([result(value)]).best).toBeUndefined();
    },
  );

  test.each([
    ["1e-05", 1e-5],
    ["-.5", -0.5],
    ["+2.", 2],
    ["0", 0],
    ["1E3", 1000],
    ["1234.5e+10", 12_345_000_000_000],
    [".125", 0.125],
  ])("reads %j as %d", (text, value) => {
    const { scan, best } = analysisOf([result(text)]);
    expect(valueAt(scan, best)).toBe(value);
  });
});

describe("comparable", () => {
  test("are rows with the session's metric and mode; a row without a mode takes the session's", () => {
    const rows = [
      result(5),
      result(1, { objective_metric: "other" }),
      result(2, { objective_mode: "max" }),
      result(3, { objective_mode: "" }),
      result(4, { objective_metric: "" }),
      result(6),
    ];
    const { scan } = analysisOf(rows);
    expect(scan.ranked).toEqual([0, 3, 5]);
    expect(scan.notComparable).toEqual([1, 2, 4]);
  });

  test("are rows of the newest row's task when the session wants the same task", () => {
    const rows = [
      result(1, { task_key: "a" }),
      result(2, { task_key: "b" }),
      result(3, { task_key: "b" }),
    ];
    expect(analysisOf(rows, { objective: { sameTask: true } }).scan.ranked).toEqual([1, 2]);
    expect(analysisOf(rows).scan.ranked).toEqual([0, 1, 2]);
  });

  test("are rows of either mode when the mode was asked for", () => {
    const rows = [
      result(1),
      result(2, { objective_mode: "max" }),
      result(0, { objective_metric: "other" }),
    ];
    const { scan, best } = analyse(
      logTable(rows),
      sessionSettings({ objective: { metric: "loss", sameTask: false } }),
      "max",
    );
    expect(scan.ranked).toEqual([0, 1]);
    expect(best).toBe(1);
  });
});

describe("the baseline", () => {
  test("is the earliest completed comparable row without a parent", () => {
    const rows = [
      result(1, { status: "failed" }),
      result(2, { parent_experiment_id: "exp-001", ended_at: "2026-03-01T01:00:00Z" }),
      result(3, { ended_at: "2026-03-01T03:00:00Z" }),
      result(4, { ended_at: "2026-03-01T02:00:00Z" }),
    ];
    expect(analysisOf(rows).baseline).toBe(3);
  });

  test("is the row the settings name, and none when they name an unknown one", () => {
    expect(analysisOf([result(1), result(2)], { baseline: "exp-002" }).baseline).toBe(1);
    expect(analysisOf([result(1)], { baseline: "exp-9" }).baseline).toBeUndefined();
  });

  test("is none where nothing completed", () => {
    expect(analysisOf([{ status: "running" }]).baseline).toBeUndefined();
  });
});

describe("a delta", () => {
  test("is positive for better, whichever the mode", () => {
    expect(deltaBetween(0.3, 0.4, "min")).toEqual({ absolute: 0.1, relative: 0.25 });
    expect(deltaBetween(0.3, 0.4, "max")).toEqual({ absolute: -0.1, relative: -0.25 });
    expect(deltaBetween(-3, -4, "max")).toEqual({ absolute: 1, relative: 0.25 });
  });

  test("has no relative part against 0", () => {
    expect(deltaBetween(1, 0, "max")).toEqual({ absolute: 1, relative: undefined });
  });

  test("is positive exactly when a value is better", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, value, fc.constantFrom("min" as const, "max" as const), (a, b, mode) => {
        expect(deltaBetween(a, b, mode).absolute > 0).toBe(isBetter(a, b, mode));
      }),
    );
  });
});

test("results since the best are counted by end", () => {
  expect(
    analysisOf([result(3), result(1), result(2), result(4), { status: "failed" }]).sinceBest,
  ).toBe(2);
  expect(analysisOf([result(3), result(1)]).sinceBest).toBe(0);
  expect(analysisOf([]).sinceBest).toBe(0);
});

test("the ranking is what sorting by value and end gives", () => {
  const mode = fc.constantFrom("min" as const, "max" as const);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }),
      mode,
      fc.nat(12),
      (values, its, count) => {
        const { scan } = analysisOf(values.map((value) => result(value, { objective_mode: its })));
        const sign = its === "min" ? 1 : -1;
        const sorted = values
          .map((value, row) => ({ value, row }))
          .sort((a, b) => sign * (a.value - b.value) || a.row - b.row);
        expect(rankBest(scan, its, count)).toEqual(sorted.slice(0, count).map(({ row }) => row));
      },
    ),
  );
});

test("statuses are counted, and the median runtime is that of ranked rows", () => {
  const run = (minutes: number) =>
    result(1, { started_at: "2026-03-01T00:00:00Z", ended_at: `2026-03-01T00:${minutes}:00Z` });
  const { counts, medianRuntime } = analysisOf([
    run(10),
    run(30),
    run(20),
    run(40),
    { status: "failed" },
  ]);
  expect(analysisOf([run(12), run(50), run(11)]).medianRuntime).toBe(12 * 60);
  expect([...counts].filter(([, count]) => count > 0)).toEqual([
    ["completed", 4],
    ["failed", 1],
  ]);
  expect(medianRuntime).toBe(25 * 60);
});

test("runtimes that are unknown or run backwards are none", () => {
  const backwards = { started_at: "2026-03-01T02:00:00Z", ended_at: "2026-03-01T01:00:00Z" };
  expect(analysisOf([result(1), result(2, backwards)]).medianRuntime).toBeUndefined();
});
