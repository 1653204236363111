import { describe, expect, test } from "vitest";
import type { Cells } from "../../../builders/log-table.ts";
import { renderedReport, reportModel, sessionSettings } from "../../../builders/report.ts";

const settings = sessionSettings({ objective: { metric: "loss", mode: "min", sameTask: false } });
const result = (value: number, cells: Cells = {}): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
  ...cells,
});

function leaderboardOf(rows: readonly Cells[], its = settings): readonly string[] {
  const { markdown } = renderedReport(rows, { settings: its });
  const [, section = ""] = markdown.split("## Leaderboard\n\n");
  return (section.split("\n\n## ")[0] ?? "").trim().split("\n");
}

describe("the leaderboard", () => {
  test("has no columns that are empty for every result", () => {
    expect(leaderboardOf([{ objective_value: "0.5" }], sessionSettings())).toEqual([
      "| # | Experiment | Value | Δ baseline |",
      "| -: | - | -: | -: |",
      "| 1 | `exp-001` | 0.5 | baseline |",
      "",
      "Higher is better; ▲ better, ▼ worse.",
    ]);
  });

  test("shows deltas, runtimes and changes where a result has them and nothing where not", () => {
    const rows = [
      result(0.5),
      result(0.4, {
        parent_experiment_id: "exp-001",
        started_at: "2026-03-01T00:00:00Z",
        ended_at: "2026-03-01T03:05:00Z",
        updated_at: "2026-03-01T03:05:00Z",
        change_summary: "lr",
      }),
      result(7, { objective_metric: "other" }),
    ];
    expect(leaderboardOf(rows)).toEqual([
      "| # | Experiment | loss | Δ baseline | Δ parent | Runtime | What changed |",
      "| -: | - | -: | -: | -: | -: | - |",
      expect.stringMatching(
        /^\| 1 \| `exp-002` \| 0\.4 \| .+ \| .+ \| 3\u00a0h\u00a005\u00a0min \| lr \|$/,
      ),
      "| 2 | `exp-001` | 0.5 | baseline | | | |",
      "",
      "Lower is better; ▲ better, ▼ worse; 1 not comparable (another metric, mode or task).",
    ]);
  });

  test("counts the results it has no room for", () => {
    const top = sessionSettings({ ...settings, report: { top: 1, recent: 5 } });
    expect(leaderboardOf([result(2), result(1)], top).at(-1)).toBe(
      "Lower is better; ▲ better, ▼ worse; the best 1 of 2 results.",
    );
  });

  test("has no column of the baseline where that has no value", () => {
    const named = sessionSettings({ ...settings, baseline: "exp-002" });
    expect(leaderboardOf([result(1), { status: "running" }], named)[0]).toBe(
      "| # | Experiment | loss |",
    );
  });

  test("has no delta to a parent that is not comparable or not there", () => {
    const rows = [
      result(2, { objective_metric: "other" }),
      result(1, { parent_experiment_id: "exp-001" }),
      result(3, { parent_experiment_id: "nowhere" }),
    ];
    const { leaderboard } = reportModel(rows, { settings });
    expect(leaderboard.shown.map(({ parentDelta }) => parentDelta)).toEqual([undefined, undefined]);
    expect(leaderboard).toMatchObject({ total: 2, notComparable: 1 });
  });
});
