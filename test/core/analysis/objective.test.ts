import { expect, test } from "vitest";
import { objectiveOf } from "../../../src/core/analysis/objective.ts";
import { type Cells, logTable } from "../../builders/log-table.ts";
import { sessionSettings } from "../../builders/report.ts";

const at = (hour: number, cells: Cells): Cells => ({
  updated_at: `2026-03-01T0${hour}:00:00Z`,
  ...cells,
});
const ofLog = (rows: readonly Cells[]) => objectiveOf(logTable(rows), sessionSettings());

test("the settings win over the log", () => {
  const settings = sessionSettings({
    objective: { metric: "acc", mode: "max", target: 0.9, minDelta: 0.01, sameTask: false },
  });
  const table = logTable([{ objective_metric: "loss", objective_mode: "min" }]);
  expect(objectiveOf(table, settings)).toEqual({
    metric: "acc",
    mode: "max",
    target: 0.9,
    minDelta: 0.01,
    sameTask: false,
    task: undefined,
    modeForced: false,
  });
});

test("the newest row that has a metric decides, the later one among equals", () => {
  const rows = [
    at(3, { objective_metric: "new" }),
    at(1, { objective_metric: "old" }),
    at(4, { objective_metric: "" }),
  ];
  expect(ofLog(rows).metric).toBe("new");
  expect(ofLog([at(1, { objective_metric: "a" }), at(1, { objective_metric: "b" })]).metric).toBe(
    "b",
  );
});

test("rows without a time count as the oldest, but count", () => {
  expect(ofLog([{ objective_metric: "a", updated_at: "" }]).metric).toBe("a");
  expect(
    ofLog([at(1, { objective_metric: "a" }), { objective_metric: "b", updated_at: "" }]).metric,
  ).toBe("a");
});

test("the mode comes from the newest row of that metric that has one", () => {
  const rows = [
    at(1, { objective_metric: "loss", objective_mode: "min" }),
    at(2, { objective_metric: "acc", objective_mode: "max" }),
    at(3, { objective_metric: "loss" }),
  ];
  expect(ofLog(rows)).toMatchObject({ metric: "loss", mode: "min" });
});

test("the mode is max when nothing says otherwise, and a metric is never invented", () => {
  expect(ofLog([{}])).toMatchObject({ metric: undefined, mode: "max" });
  expect(ofLog([])).toMatchObject({ metric: undefined, mode: "max" });
});

test("a mode that was asked for wins over everything", () => {
  const settings = sessionSettings({ objective: { metric: "loss", mode: "min", sameTask: false } });
  expect(objectiveOf(logTable([]), settings, { forcedMode: "max" })).toMatchObject({
    mode: "max",
    modeForced: true,
  });
});

test("the task is that of the newest row with the metric, when only one task is compared", () => {
  const settings = sessionSettings({ objective: { metric: "loss", sameTask: true } });
  const rows = [
    at(1, { objective_metric: "loss", task_key: "lj" }),
    at(2, { objective_metric: "acc", task_key: "vctk" }),
  ];
  expect(objectiveOf(logTable(rows), settings).task).toBe("lj");
});
