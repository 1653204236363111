import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chartRange } from "../../../src/core/report/chart-range.ts";
import { renderSparkline } from "../../../src/core/report/sparkline.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, reportModel, sessionSettings } from "../../builders/report.ts";

const settings = sessionSettings({ objective: { metric: "loss", mode: "min", sameTask: false } });
const result = (value: number, cells: Cells = {}): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
  ...cells,
});
const at = (hour: number, minute = 0) =>
  `2026-03-01T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`;

describe("since the last report", () => {
  test("tells what happened at the newest instant and nothing else", () => {
    const rows = [
      result(0.5, { updated_at: at(1) }),
      result(0.4, { updated_at: at(9) }),
      { status: "failed", updated_at: at(9) },
      { status: "failed", updated_at: at(8) },
      { status: "running", updated_at: at(9) },
      { status: "planned", created_at: at(9), updated_at: at(9) },
      { status: "planned", created_at: at(2), updated_at: at(9) },
      { status: "queued", updated_at: at(9) },
    ];
    const { news, generated } = reportModel(rows, { settings });
    expect(generated).toBe(at(9));
    expect(news).toEqual({
      newBest: {
        id: "exp-002",
        value: 0.4,
        previous: { id: "exp-001", value: 0.5, delta: { absolute: 0.1, relative: 0.2 } },
      },
      finished: ["exp-002"],
      failed: ["exp-003"],
      proposed: ["exp-006"],
      started: ["exp-005"],
    });
  });

  test("has no new best where the best is older", () => {
    const rows = [result(0.4, { updated_at: at(1) }), result(0.5, { updated_at: at(9) })];
    expect(reportModel(rows, { settings }).news.newBest).toBeUndefined();
  });

  test("shows the step to the new best, and five of many ids", () => {
    const rows = [
      result(0.5, { updated_at: at(1) }),
      ...Array.from({ length: 7 }, () => result(0.4, { updated_at: at(9) })),
    ];
    const { markdown } = renderedReport(rows, { settings });
    expect(markdown).toContain(
      "- **New best**: `exp-002` loss 0.4, ▲\u00a0−20.0\u00a0% from 0.5 of `exp-001`",
    );
    expect(markdown).toContain(
      "- Finished: `exp-002`, `exp-003`, `exp-004`, `exp-005`, `exp-006` and 2 more",
    );
  });

  test("says of a first result that it is one", () => {
    expect(renderedReport([result(0.5)], { settings }).markdown).toContain(
      "- **New best**: `exp-001` loss 0.5, the first result",
    );
  });
});

describe("the time a report is of", () => {
  test("is unknown where no experiment has one, which makes no log empty", () => {
    const { markdown } = renderedReport([result(1, { updated_at: "" })], { settings });
    expect(markdown).toContain("\nGenerated: unknown, no experiment says when it was updated\n");
  });

  test("is that of no report where the log is empty", () => {
    expect(renderedReport([]).markdown).toContain("\nGenerated: never, the log is empty\n");
  });
});

describe("running and queued", () => {
  const done = result(1, { started_at: at(0), ended_at: at(2), updated_at: at(2) });

  test("gives elapsed time, expected end and place, measured at the newest update", () => {
    const rows = [
      done,
      { status: "queued", created_at: at(3), updated_at: at(3) },
      { status: "running", started_at: at(3), updated_at: at(4) },
      { status: "running", started_at: at(1), updated_at: at(4) },
      { status: "running" },
      { status: "queued", created_at: at(3, 30), updated_at: at(4) },
    ];
    const { active, medianRuntime } = reportModel(rows, { settings });
    expect(medianRuntime).toBe(7200);
    expect(active.shown).toMatchObject([
      { id: "exp-003", elapsed: 3600, expectedEnd: at(5), isOverdue: false },
      { id: "exp-004", elapsed: 10_800, expectedEnd: undefined, isOverdue: true },
      { id: "exp-005", elapsed: undefined, expectedEnd: undefined, isOverdue: false },
      { id: "exp-002", status: "queued", elapsed: 3600, position: 1 },
      { id: "exp-006", status: "queued", elapsed: 1800, position: 2 },
    ]);
  });

  test("expects no end after the last year that a time can name", () => {
    const last = "9999-12-31T23:59:59Z";
    const rows = [done, { status: "running", started_at: last, updated_at: last }];
    const { active } = reportModel(rows, { settings });
    expect(active.shown).toMatchObject([{ expectedEnd: undefined, isOverdue: false }]);
  });

  test("knows nothing of a wait whose beginning is unknown or later than the newest update", () => {
    const { active } = reportModel([
      { status: "queued", created_at: "", updated_at: at(4), change_summary: "lr" },
      { status: "queued", created_at: at(5), updated_at: at(4) },
      { status: "queued", created_at: at(4), updated_at: at(4) },
    ]);
    expect(active.shown).toEqual([
      {
        id: "exp-001",
        status: "queued",
        elapsed: undefined,
        position: 1,
        expectedEnd: undefined,
        isOverdue: false,
        change: "lr",
      },
      expect.objectContaining({ position: 2, elapsed: undefined }),
      expect.objectContaining({ position: 3, elapsed: 0 }),
    ]);
  });

  test("says when a run is past the median", () => {
    const rows = [done, { status: "running", started_at: at(1), updated_at: at(4) }];
    expect(renderedReport(rows, { settings }).markdown).toContain(
      "| `exp-002` | running | 3\u00a0h | past the median |",
    );
  });

  test("lists thirty and counts the others", () => {
    const { markdown } = renderedReport(
      Array.from({ length: 33 }, (): Cells => ({ status: "running" })),
    );
    expect(markdown).toContain("3 more are not listed.");
    expect(markdown).toContain("| `exp-030` |");
    expect(markdown).not.toContain("| `exp-031` | running");
  });
});

describe("the chart", () => {
  test("needs two results", () => {
    expect(reportModel([result(1)], { settings }).chart).toBeUndefined();
  });

  test("carries every result by end and the best so far", () => {
    const rows = [
      result(3, { ended_at: at(1) }),
      result(1, { ended_at: at(3) }),
      result(2, { ended_at: at(2) }),
      result(4, { ended_at: at(4) }),
    ];
    expect(reportModel(rows, { settings }).chart).toEqual({
      results: 4,
      points: [
        { value: 3, best: 3 },
        { value: 2, best: 2 },
        { value: 1, best: 1 },
        { value: 4, best: 1 },
      ],
    });
  });

  test("keeps the steps of the best when it thins many results to eighty", () => {
    const best = new Map([
      [123, 0.5],
      [124, 0.4],
      [3001, 0.3],
      [4999, 0.2],
    ]);
    const rows = Array.from({ length: 5000 }, (_, row) => result(best.get(row) ?? 1));
    const { points = [], results } = reportModel(rows, { settings }).chart ?? {};
    expect(results).toBe(5000);
    expect(points.length).toBeLessThanOrEqual(80);
    expect(points.length).toBeGreaterThan(70);
    expect(points.filter((point) => point.value < 1).map((point) => point.value)).toEqual([
      0.5, 0.4, 0.3, 0.2,
    ]);
  });

  test("never thins to more than eighty points, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 81, maxLength: 400 }), (values) => {
        const { points = [] } =
          reportModel(
            values.map((value) => result(value)),
            { settings },
          ).chart ?? {};
        expect(points.length).toBeLessThanOrEqual(80);
        expect(points.at(-1)?.best).toBe(Math.min(...values));
      }),
    );
  });

  test("cuts a result that blew up at the edge and says so", () => {
    const values = [0.5, 0.45, 0.44, 0.42, 1e6, 0.41, 0.4];
    const { markdown } = renderedReport(
      values.map((value) => result(value)),
      { settings },
    );
    expect(markdown).toContain("1 far worse result is cut at the edge.");
    expect(markdown).toMatch(/y-axis "loss" 0\.39\d* --> 0\.5\d*\n/);
  });

  test("never cuts a best value off", () => {
    const points = [9, 8, 7, 6, 5, 4, 3, -500].map((value) => ({ value, best: value }));
    expect(chartRange(points, "min").low).toBeLessThan(-500);
    expect(chartRange(points, "max")).toMatchObject({ beyond: 1 });
  });

  test("has room around equal values", () => {
    const points = [0, 0].map((value) => ({ value, best: value }));
    expect(chartRange(points, "min")).toEqual({ low: 0, high: 1, beyond: 0 });
  });
});

describe("the sparkline", () => {
  test.each([
    [[1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"],
    [[5, 5], "▅▅"],
    [[0, 1], "▁█"],
    [[-1e308, 1e308], "▁█"],
    [[], ""],
  ])("of %j is %s", (values, bars) => {
    expect(renderSparkline(values)).toBe(bars);
  });
});

describe("failures", () => {
  test("are grouped by class, the most frequent first, newest first within", () => {
    const failed = (summary: string, hour: number): Cells => ({
      status: "failed",
      result_summary: summary,
      ended_at: at(hour),
    });
    const rows = [
      failed("timeout: 8 h", 1),
      failed("oom: old", 2),
      failed("oom: newest", 5),
      failed("oom: 2", 3),
      failed("oom: 3", 4),
      failed("no class\nlast line", 6),
    ];
    expect(reportModel(rows).failures).toEqual([
      {
        failureClass: "oom",
        count: 4,
        examples: [
          { id: "exp-003", lastLine: "newest" },
          { id: "exp-005", lastLine: "3" },
          { id: "exp-004", lastLine: "2" },
        ],
      },
      { failureClass: "timeout", count: 1, examples: [{ id: "exp-001", lastLine: "8 h" }] },
      {
        failureClass: "unclassified",
        count: 1,
        examples: [{ id: "exp-006", lastLine: "last line" }],
      },
    ]);
  });
});

describe("lineage", () => {
  test("leads from the nearest ancestors of the best to its children", () => {
    const chain = Array.from({ length: 8 }, (_, row) =>
      result(10 - row, row === 0 ? {} : { parent_experiment_id: `exp-00${row}` }),
    );
    const rows = [
      ...chain,
      { status: "failed", parent_experiment_id: "exp-008" },
      { status: "running", parent_experiment_id: "exp-001" },
    ];
    const { lineage } = reportModel(rows, { settings });
    expect(lineage.map(({ id }) => id)).toEqual([
      "exp-002",
      "exp-003",
      "exp-004",
      "exp-005",
      "exp-006",
      "exp-007",
      "exp-008",
      "exp-009",
    ]);
    expect(lineage.at(-2)).toEqual({
      id: "exp-008",
      status: "completed",
      value: 3,
      isBest: true,
      parent: 5,
    });
    expect(lineage.at(-1)).toMatchObject({ status: "failed", value: undefined, parent: 6 });
  });

  test("ends where parents form a circle, and is empty where there are none", () => {
    const circle = [
      result(1, { parent_experiment_id: "exp-002" }),
      result(2, { parent_experiment_id: "exp-001" }),
    ];
    expect(reportModel(circle, { settings }).lineage).toHaveLength(2);
    expect(
      reportModel([result(1, { parent_experiment_id: "unknown" }), result(2)], { settings })
        .lineage,
    ).toEqual([]);
  });
});

describe("recent experiments", () => {
  test("are found in a long log wherever they stand", () => {
    const rows = Array.from(
      { length: 200 },
      (_, row): Cells => ({ updated_at: at(row === 7 ? 9 : 1) }),
    );
    rows[150] = { updated_at: at(5) };
    expect(reportModel(rows, { maxRows: 2 }).recent.map(({ id }) => id)).toEqual([
      "exp-008",
      "exp-151",
    ]);
  });

  test("are the newest by update, equals in file order, as many as asked for", () => {
    const hours = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 300 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 12 }), (values, maxRows) => {
        const rows = values.map((hour): Cells => ({ updated_at: at(hour) }));
        const sorted = values
          .map((hour, row) => ({ hour, row }))
          .sort((a, b) => b.hour - a.hour || a.row - b.row);
        const expected = sorted
          .slice(0, maxRows)
          .map(({ row }) => `exp-${String(row + 1).padStart(3, "0")}`);
        expect(reportModel(rows, { maxRows }).recent.map(({ id }) => id)).toEqual(expected);
      }),
    );
  });

  test("are 25 unless the settings or the caller say otherwise, rows without a time last", () => {
    const rows: readonly Cells[] = [
      { updated_at: "" },
      ...Array.from({ length: 40 }, (): Cells => ({})),
    ];
    expect(reportModel(rows).recent).toHaveLength(25);
    expect(
      reportModel(rows, { settings: sessionSettings({ report: { top: 1, recent: 3 } }) }).recent,
    ).toHaveLength(3);
    expect(reportModel(rows, { maxRows: 41 }).recent.at(-1)?.id).toBe("exp-001");
  });

  test("shows a value that is no number as it stands in the log", () => {
    const { markdown } = renderedReport([result(0.5), { objective_value: "n/a" }]);
    expect(markdown).toContain("| exp-002 | completed | | n/a |");
  });
});

describe("what waits for a person", () => {
  test("names three proposals, counts the others, and lists stale runs up to ten", () => {
    const planned = Array.from({ length: 5 }, (): Cells => ({ status: "planned" }));
    const stale = Array.from({ length: 12 }, (_, run) => ({
      experimentId: `job-${run}`,
      since: at(1),
      reason: "gone",
    }));
    const { markdown } = renderedReport(planned, { stale });
    expect(markdown).toContain("> - 5 open proposals: `exp-001`, `exp-002`, `exp-003` and 2 more");
    expect(markdown).toContain(`> - \`job-9\` is stale since ${at(1)}: gone`);
    expect(markdown).toContain("> - 2 more stale runs.");
  });

  test("is not shown where nothing waits", () => {
    expect(renderedReport([result(1)]).markdown).not.toContain("Waits for a person");
  });
});

describe("open proposals", () => {
  test("come with hypothesis, change, parent, owner and the command that approves them", () => {
    const { markdown } = renderedReport([
      {
        status: "planned",
        parent_experiment_id: "base",
        hypothesis: "helps",
        change_summary: "lr",
        owner: "mira",
      },
    ]);
    expect(markdown).toContain(
      "**`exp-001`** from `base` by mira — helps Change: lr\n\n```text\n/approve exp-001\n```",
    );
  });

  test("offer no command for an id that cannot be typed or copied", () => {
    for (const experiment_id of ["two words", "@octocat", "gh-12", "汉字"]) {
      expect(renderedReport([{ status: "planned", experiment_id }]).markdown).not.toContain(
        "/approve",
      );
    }
  });
});

test.each([
  ["paused", { paused: true }, "WARNING", "Stop."],
  ["out of failures", { stop: { patience: 3, maxFailures: 1 } }, "CAUTION", "Stop."],
  ["out of experiments", { stop: { patience: 3, maxExperiments: 1 } }, "WARNING", "Stop."],
  [
    "at its target",
    { objective: { target: 9, mode: "min" as const, sameTask: false } },
    "TIP",
    "Stop.",
  ],
  ["going on", {}, "NOTE", "Continue."],
])("a session that is %s has its alert", (_, overrides, kind, word) => {
  const rows = [result(1), { status: "failed", result_summary: "oom: x" }];
  const { markdown } = renderedReport(rows, { settings: sessionSettings(overrides) });
  expect(markdown).toContain(`> [!${kind}]\n> **${word}**`);
});

test("a session that stops for its only criterion says so once", () => {
  const only = sessionSettings({
    objective: { minDelta: 0.1, sameTask: false },
    stop: { patience: 1 },
  });
  const { markdown } = renderedReport([result(1), result(1)], { settings: only });
  const sentence = "1 of 1 results in a row without an improvement of 0.1.";
  expect(markdown.split(sentence)).toHaveLength(2);
  expect(markdown).toContain(`> [!WARNING]\n> **Stop.** ${sentence}\n\n`);
});

test("a title of one's own replaces the first line only", () => {
  expect(renderedReport([], { title: "My *runs*" }).markdown.split("\n")[0]).toBe(
    "# My \\*runs\\*",
  );
});
