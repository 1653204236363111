import { describe, expect, test } from "vitest";
import { renderBadge } from "../../../src/core/report/badge.ts";
import type { ReportInput } from "../../../src/core/report/build.ts";
import { renderSummary } from "../../../src/core/report/summary.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, reportModel, sessionSettings } from "../../builders/report.ts";
import { richSession } from "../../builders/rich-session.ts";
import { diagramsOf, parseMermaid } from "../../support/mermaid.ts";

const SEED: readonly Cells[] = [
  {
    experiment_id: "job-0000001",
    objective_metric: "val_loss",
    objective_mode: "min",
    objective_value: "0.42",
    updated_at: "2026-02-01T10:00:00Z",
    next_action: "lower the learning rate",
  },
  {
    experiment_id: "job-0000002",
    parent_experiment_id: "job-0000001",
    objective_metric: "val_loss",
    objective_mode: "min",
    objective_value: "0.39",
    updated_at: "2026-02-01T12:00:00Z",
  },
  {
    experiment_id: "job-0000003",
    status: "running",
    started_at: "2026-02-01T12:00:00Z",
    updated_at: "2026-02-01T12:30:00Z",
  },
];

const RICH: Partial<ReportInput> = {
  session: "speech-recogniser",
  settings: sessionSettings({
    objective: { target: 0.37, minDelta: 0.001, sameTask: false },
    stop: { maxExperiments: 60, maxHours: 250, maxFailures: 5, patience: 12 },
  }),
  stale: [
    { experimentId: "exp-041", since: "2026-03-09T00:02:00Z", reason: "its observer stopped" },
  ],
};

interface GoldenLog {
  readonly name: string;
  readonly rows: readonly Cells[];
  readonly input: Partial<ReportInput>;
  /** Kinds of its diagrams, in the report's order. */
  readonly diagrams: readonly string[];
}

const LOGS: readonly GoldenLog[] = [
  { name: "empty", rows: [], input: {}, diagrams: [] },
  { name: "seed", rows: SEED, input: {}, diagrams: ["xychart", "flowchart-v2"] },
  { name: "rich", rows: richSession(), input: RICH, diagrams: ["xychart", "flowchart-v2"] },
];

describe.each(LOGS)("the $name log", ({ name, rows, input, diagrams }) => {
  test("gives the golden report", async () => {
    const options = {
      links: {
        logUrl: "https://github.com/octo/asr/blob/main/experiments/x/experiment_log.csv",
        commit: {
          sha: "3f1c9ab27d04e5f6a7b8c9d0e1f2a3b4c5d6e7f8",
          url: "https://github.com/octo/asr/commit/3f1c9ab",
        },
      },
    };
    const { markdown } = renderedReport(rows, input, options);
    await expect(markdown).toMatchFileSnapshot(`../../golden/report/${name}.md`);
  });

  test("gives the golden summary and badge", async () => {
    const model = reportModel(rows, input);
    await expect(renderSummary(model)).toMatchFileSnapshot(
      `../../golden/report/${name}.summary.json`,
    );
    await expect(renderBadge(model)).toMatchFileSnapshot(`../../golden/report/${name}.badge.json`);
  });

  test("gives the same bytes again", () => {
    expect(renderedReport(rows, input)).toEqual(renderedReport(rows, input));
    expect(renderSummary(reportModel(rows, input))).toBe(renderSummary(reportModel(rows, input)));
  });

  test("has diagrams that Mermaid reads", async () => {
    const found = diagramsOf(renderedReport(rows, input).markdown);
    expect(await Promise.all(found.map(parseMermaid))).toEqual(diagrams);
  });
});

test("the seed's headings and lines stay", () => {
  const { markdown } = renderedReport(SEED);
  const lines = markdown.split("\n");
  expect(lines[0]).toBe("# Experiment Monitor Report");
  for (const line of [
    "Generated: 2026-02-01T12:30:00Z",
    "## Summary",
    "- Total experiments: 3",
    "- Objective mode: min",
    "- completed: 2",
    "## Best Result",
    "- job-0000002: val_loss=0.39",
    "## Recent Experiments",
    "| Experiment | Status | Metric | Value | Updated | Next Action |",
  ]) {
    expect(lines).toContain(line);
  }
});
