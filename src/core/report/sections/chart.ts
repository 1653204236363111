import type { RootContent } from "mdast";
import type { ObjectiveMode } from "../../log/columns.ts";
import { type ChartRange, chartRange } from "../chart-range.ts";
import { code, fence, heading, paragraph } from "../markdown.ts";
import { mermaidLabel, powerOfTen, type ScaledNumbers, scaleNumbers } from "../mermaid.ts";
import type { ChartModel, ReportModel } from "../model.ts";
import { renderSparkline } from "../sparkline.ts";
import type { SectionContext } from "./section.ts";

/**
 * Mermaid's own bars are nearly white on white; these colours are seen on both of GitHub's themes, as is a ground that
 * is left as it is. Labels of the x axis would overlap, and an axis of numbers would draw bars that do.
 */
const LOOK = {
  xyChart: { width: 900, height: 340, xAxis: { showLabel: false, showTick: false } },
  themeVariables: {
    xyChart: { backgroundColor: "transparent", plotColorPalette: "#8ab4f8, #d9480f" },
  },
};
const SPARKS = 60;

/** Every result by end and the best so far, as a diagram and as a line of bars that works everywhere. */
export function renderChart(
  model: ReportModel,
  { redact }: Pick<SectionContext, "redact">,
): readonly RootContent[] {
  const { chart, objective } = model;
  if (chart === undefined) return [];
  const range = chartRange(chart.points, objective.mode);
  return [
    heading(2, "Progress"),
    fence("mermaid", renderXyChart(chart, range, redact(objective.metric ?? "value"))),
    paragraph(code(sparks(chart, range)), ` ${caption(chart, range, objective.mode)}`),
  ];
}

/** `xychart-beta`, which is what both Mermaid 10.9 and 11 read; without a legend, since older versions have none. */
function renderXyChart(chart: ChartModel, range: ChartRange, metric: string): string {
  const scale = scaleNumbers(
    Math.max(Math.abs(range.low), Math.abs(range.high)),
    range.high - range.low,
  );
  const numbers = (pick: (point: ChartModel["points"][number]) => number) =>
    `[${chart.points.map((point) => scale.format(clip(pick(point), range))).join(", ")}]`;
  return [
    `%%{init: ${JSON.stringify(LOOK)}}%%`,
    "xychart-beta",
    `  x-axis "completed experiments, by end" [${chart.points.map((_, at) => at + 1).join(", ")}]`,
    `  y-axis "${mermaidLabel(metric)}${unit(scale)}" ${scale.format(range.low)} --> ${scale.format(range.high)}`,
    `  bar ${numbers((point) => point.value)}`,
    `  line ${numbers((point) => point.best)}`,
  ].join("\n");
}

function unit({ exponent }: ScaledNumbers): string {
  return exponent === 0 ? "" : ` (${powerOfTen(exponent)})`;
}

function clip(value: number, { low, high }: ChartRange): number {
  return Math.min(high, Math.max(low, value));
}

function sparks({ points }: ChartModel, range: ChartRange): string {
  return renderSparkline(points.slice(-SPARKS).map((point) => clip(point.value, range)));
}

function caption(
  { points, results }: ChartModel,
  { beyond }: ChartRange,
  mode: ObjectiveMode,
): string {
  const parts = [
    `Bars: every result by end; line: the best so far; ${mode === "min" ? "lower" : "higher"} is better.`,
  ];
  if (points.length < results)
    parts.push(`${points.length} of ${results} results are drawn, with the steps of the best.`);
  if (beyond > 0)
    parts.push(
      `${beyond} far worse ${beyond === 1 ? "result is" : "results are"} cut at the edge.`,
    );
  return parts.join(" ");
}
