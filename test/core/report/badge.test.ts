import { describe, expect, test } from "vitest";
import { renderBadge } from "../../../src/core/report/badge.ts";
import type { ReportInput } from "../../../src/core/report/build.ts";
import type { Cells } from "../../builders/log-table.ts";
import { reportModel, sessionSettings } from "../../builders/report.ts";

const objective = { metric: "loss", mode: "min" as const, sameTask: false };
const settings = sessionSettings({ objective });
const result = (value: number): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
});

function badgeOf(rows: readonly Cells[], overrides: Partial<ReportInput> = { settings }) {
  return JSON.parse(renderBadge(reportModel(rows, overrides)));
}

describe("the badge", () => {
  test("names the best value and how far it is from the baseline", () => {
    expect(badgeOf([result(0.5), result(0.4)])).toEqual({
      schemaVersion: 1,
      label: "best loss",
      message: "0.4 (−20.0 %)",
      color: "blue",
    });
  });

  test("names no change where the best is the baseline", () => {
    expect(badgeOf([result(0.5)]).message).toBe("0.5");
  });

  test("is grey without a result", () => {
    expect(badgeOf([], {})).toEqual({
      schemaVersion: 1,
      label: "best value",
      message: "no result yet",
      color: "lightgrey",
    });
  });

  test.each([
    ["at its target", { objective: { ...objective, target: 1 } }, "brightgreen"],
    ["paused", { paused: true }, "orange"],
    ["out of experiments", { stop: { patience: 9, maxExperiments: 1 } }, "orange"],
  ])("of a session that is %s has its colour", (_, overrides, color) => {
    const its = sessionSettings({ objective, ...overrides });
    expect(badgeOf([result(0.5)], { settings: its }).color).toBe(color);
  });

  test("hides nothing in its label, and ends its file with a line break", () => {
    const hostile = { ...result(1), objective_metric: "lo\u202ess\n" };
    const text = renderBadge(reportModel([hostile]));
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text).label).toBe("best lo\\u202ess ");
  });
});
