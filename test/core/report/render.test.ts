import { describe, expect, test } from "vitest";
import { COMMENT_BUDGET } from "../../../src/core/report/render.ts";
import { renderStatusLine } from "../../../src/core/report/status-line.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, reportModel, sessionSettings } from "../../builders/report.ts";
import { richSession } from "../../builders/rich-session.ts";

const REPORT_URL = "https://github.com/octo/asr/blob/3f1c9ab/experiments/x/experiment_report.md";

const settings = sessionSettings({ objective: { metric: "loss", mode: "min", sameTask: false } });
const result = (value: number, cells: Cells = {}): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
  ...cells,
});

function limited(rows: readonly Cells[], utf16: number, bytes = utf16 * 4) {
  return renderedReport(
    rows,
    { settings: sessionSettings({ report: { top: 100, recent: 25 } }) },
    { budget: { utf16, bytes }, links: { reportUrl: REPORT_URL } },
  );
}

describe("the budget", () => {
  const order = ["lineage", "recent", "failures", "chart", "proposals", "active", "leaderboard"];

  test("takes sections away in the fixed order, then rows of the leaderboard", () => {
    const full = limited(richSession(), 1e6).markdown.length;
    let known: readonly string[] = [];
    for (let utf16 = full; utf16 > 1500; utf16 -= 97) {
      const { omitted, markdown } = limited(richSession(), utf16);
      expect(markdown.length).toBeLessThanOrEqual(utf16);
      expect([...omitted].sort()).toEqual(order.slice(0, omitted.length).sort());
      expect(omitted.length).toBeGreaterThanOrEqual(known.length);
      known = omitted;
    }
    expect(known).toHaveLength(order.length);
  });

  test("names what was left out, once, with a link to the full report", () => {
    const { markdown } = limited(richSession(), 5000);
    const notes = markdown.split("\n").filter((line) => line.startsWith("**Left out to fit**"));
    expect(notes).toEqual([expect.stringContaining(`[the full report](${REPORT_URL})`)]);
  });

  test("keeps state, decision and best in the smallest space", () => {
    const { markdown } = limited(richSession(), 10);
    expect(markdown).toContain("**▶ 2 running");
    expect(markdown).toContain("> [!NOTE]\n> **Continue.**");
    expect(markdown).toContain("- exp-031: val/loss=0.3812");
    expect(markdown.length).toBeLessThan(2500);
  });

  test("never cuts inside a row, a fence or a diagram", () => {
    const whole = new Set(limited(richSession(), 1e6).markdown.split("\n"));
    for (let utf16 = 1500; utf16 < 8000; utf16 += 211) {
      const { markdown } = limited(richSession(), utf16);
      const lines = markdown
        .split("\n")
        .filter((line) => !line.startsWith("**Left out") && !line.includes(" better; "));
      expect(lines.filter((line) => !whole.has(line))).toEqual([]);
      expect(markdown.split("```").length % 2).toBe(1);
    }
  });

  test("counts bytes as well as characters", () => {
    const rows = richSession().map((row) => ({ ...row, next_action: "汉".repeat(100) }));
    const { markdown, omitted } = limited(rows, 1e6, 12_000);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(12_000);
    expect(omitted).toContain("recent");
  });

  test("of a comment holds a log of 5,000 rows with the longest of texts", () => {
    const texts = {
      hypothesis: "long ".repeat(400),
      change_summary: "汉字 ".repeat(300),
      next_action: "x".repeat(3000),
    };
    const statuses = ["completed", "failed", "planned", "running", "queued"];
    const rows = Array.from({ length: 5000 }, (_, at): Cells => {
      const status = statuses[at % statuses.length] ?? "";
      return result(1 / (at + 1), {
        ...texts,
        status,
        result_summary: `exit ${at % 30}: ${"y".repeat(2000)}`,
      });
    });
    const { markdown } = renderedReport(
      rows,
      { settings, maxRows: 5000 },
      { budget: COMMENT_BUDGET },
    );
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(240_000);
    expect(markdown).toContain("- Total experiments: 5000");
  });
});

describe("the status line", () => {
  test("says the state of a session as in the specification", () => {
    const rows = [
      ...Array.from({ length: 2 }, (): Cells => ({ status: "running" })),
      ...Array.from({ length: 3 }, (): Cells => ({ status: "queued" })),
      ...Array.from({ length: 4 }, (): Cells => ({ status: "failed" })),
      result(0.4352),
      result(0.3812, { experiment_id: "best" }),
      ...Array.from({ length: 9 }, () => result(0.39)),
    ];
    expect(renderStatusLine(reportModel(rows, { settings }))).toBe(
      "▶ 2 running · 3 queued · 11 completed · 4 failed — best loss 0.3812 (best), −12.4 % vs baseline, 9 since last best",
    );
  });

  test("says so when there is nothing yet", () => {
    expect(renderStatusLine(reportModel([]))).toBe("▶ no experiments — no result yet");
  });

  test("counts stale runs and shows a stopped loop", () => {
    const stale = [
      { experimentId: "exp-001", since: "2026-03-01T00:00:00Z", reason: "gone from the queue" },
    ];
    const paused = sessionSettings({ paused: true });
    expect(
      renderStatusLine(reportModel([{ status: "running" }], { stale, settings: paused })),
    ).toBe("■ 1 running · 1 stale — no result yet");
  });
});

describe("the leaderboard", () => {
  test("marks better and worse by the mode, with the sign of the value's change", () => {
    const rows = [result(0.4), result(0.3, { parent_experiment_id: "exp-001" }), result(0.5)];
    const lower = renderedReport(rows, { settings }).markdown;
    expect(lower).toContain("| 1 | `exp-002` | 0.3 | ▲\u00a0−25.0\u00a0% | ▲\u00a0−25.0\u00a0% |");
    expect(lower).toContain("| 3 | `exp-003` | 0.5 | ▼\u00a0+25.0\u00a0% | |");
    const higher = renderedReport(rows, { settings, objectiveModeOverride: "max" }).markdown;
    expect(higher).toContain("| 1 | `exp-003` | 0.5 | ▲\u00a0+25.0\u00a0% | |");
    expect(higher).toContain("Higher is better; ▲ better, ▼ worse.");
  });

  test("gives differences in the metric's unit where the baseline is 0", () => {
    const { markdown } = renderedReport([result(0), result(-0.25)], { settings });
    expect(markdown).toContain("| 1 | `exp-002` | -0.25 | ▲\u00a0−0.25 |");
  });

  test("counts results of another metric without ranking them", () => {
    const rows = [
      result(0.4),
      result(0.1, { objective_metric: "accuracy" }),
      result(0.2, { objective_mode: "max" }),
    ];
    const { markdown } = renderedReport(rows, { settings });
    expect(markdown).toContain(
      "Lower is better; ▲ better, ▼ worse; 2 not comparable (another metric, mode or task).",
    );
    expect(markdown).not.toContain("| 2 | `exp-002`");
  });
});

test("a section without data is left out", () => {
  const { markdown } = renderedReport([result(0.4)], { settings });
  const headings = markdown.split("\n").filter((line) => line.startsWith("## "));
  expect(headings).toEqual([
    "## Summary",
    "## Best Result",
    "## Since the last report",
    "## Leaderboard",
    "## Recent Experiments",
    "## Notes",
  ]);
});

test("without any metric nothing is invented", () => {
  const { markdown } = renderedReport([{ objective_value: "7" }]);
  expect(markdown).toContain("- exp-001: 7\n");
  expect(renderedReport([{}]).markdown).toContain(
    "- No completed experiments with numeric objective values.",
  );
});

test("the source's age and version stand in the notes", () => {
  const { markdown } = renderedReport(
    [],
    {},
    { provenance: { version: "1.2.3", sourceAgeSeconds: 7500 } },
  );
  expect(markdown).toContain("- The queue's status was 2 h 05 min old when it was read.");
  expect(markdown).toContain("Experiment Monitor 1.2.3");
});
