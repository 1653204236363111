import { expect, test } from "vitest";
import type { ReportInput } from "../../../src/core/report/build.ts";
import { renderSummary } from "../../../src/core/report/summary.ts";
import type { Cells } from "../../builders/log-table.ts";
import { reportModel, sessionSettings } from "../../builders/report.ts";

const settings = sessionSettings({ objective: { metric: "loss", mode: "min", sameTask: false } });
const result = (value: number): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
});

function summaryOf(rows: readonly Cells[], overrides: Partial<ReportInput> = {}) {
  return JSON.parse(renderSummary(reportModel(rows, overrides)));
}

test("a summary of an empty log is null where nothing is known and counts every status", () => {
  const summary = summaryOf([]);
  expect(summary).toMatchObject({
    schema: 1,
    session: "default",
    generated: null,
    experiments: 0,
    objective: { metric: null, mode: "max" },
    best: null,
    baseline: null,
    decision: { kind: "continue", reason: "no-baseline" },
    open_proposals: 0,
    stale: 0,
  });
  expect(Object.entries(summary.counts)).toEqual([
    ["planned", 0],
    ["queued", 0],
    ["running", 0],
    ["completed", 0],
    ["failed", 0],
    ["cancelled", 0],
    ["superseded", 0],
  ]);
});

test("a summary has best, baseline and improvement as numbers", () => {
  const rows = [result(0.5), result(0.4), result(0.45), { status: "planned" }];
  const stale = [{ experimentId: "a", since: "2026-03-01T00:00:00Z", reason: "gone" }];
  expect(summaryOf(rows, { settings, stale })).toMatchObject({
    generated: "2026-03-01T00:00:00Z",
    experiments: 4,
    counts: { completed: 3, planned: 1 },
    objective: { metric: "loss", mode: "min" },
    best: {
      id: "exp-002",
      value: 0.4,
      since_best: 1,
      improvement: { absolute: 0.1, relative: 0.2 },
    },
    baseline: { id: "exp-001", value: 0.5 },
    open_proposals: 1,
    stale: 1,
    stale_runs: [{ experiment_id: "a", since: "2026-03-01T00:00:00Z", reason: "gone" }],
  });
});

test("an improvement on 0 has no share", () => {
  expect(summaryOf([result(0), result(-1)], { settings }).best.improvement).toEqual({
    absolute: 1,
    relative: null,
  });
});

test("a best that is the baseline improved on nothing", () => {
  expect(summaryOf([result(1)], { settings }).best.improvement).toBeNull();
});

test("a baseline without a value is named with null", () => {
  const named = sessionSettings({ ...settings, baseline: "exp-001" });
  expect(summaryOf([{ status: "running" }], { settings: named }).baseline).toEqual({
    id: "exp-001",
    value: null,
  });
});

test("a stop criterion that cannot be judged has null for value and margin", () => {
  const given = sessionSettings({ ...settings, stop: { patience: 3, maxExperiments: 2 } });
  const criteria = summaryOf([result(1)], { settings: given }).stop_criteria;
  expect(criteria).toEqual([
    {
      criterion: "max-experiments",
      met: false,
      threshold: 2,
      sentence: "1 of 2 experiments were started, 1 left.",
      value: 1,
      margin: 1,
    },
    expect.objectContaining({ criterion: "patience", value: null, margin: null }),
  ]);
});
