import type { RootContent } from "mdast";
import { STATUSES } from "../../log/columns.ts";
import { data, heading, type Inline, list, paragraph, strong } from "../markdown.ts";
import type { ReportModel } from "../model.ts";
import { renderStatusLine } from "../status-line.ts";
import { renderDecision, renderWaiting } from "./decision.ts";

/** The essential part: state, decision, counts, best. Its headings are those of the seed's report. */
export function renderSummarySection(model: ReportModel): readonly RootContent[] {
  return [
    heading(1, data(model.title)),
    paragraph(strong(data(renderStatusLine(model)))),
    paragraph(`Generated: ${model.generated ?? whyUndated(model)}`),
    renderDecision(model),
    ...renderWaiting(model),
    heading(2, "Summary"),
    list(counts(model)),
    heading(2, "Best Result"),
    list([bestLine(model)]),
  ];
}

function whyUndated({ total }: ReportModel): string {
  return total === 0
    ? "never, the log is empty"
    : "unknown, no experiment says when it was updated";
}

function counts({ total, objective, counts }: ReportModel): readonly Inline[] {
  const shown = STATUSES.filter((status) => counts.get(status));
  return [
    `Total experiments: ${total}`,
    `Objective mode: ${objective.mode}`,
    ...shown.map((status) => `${status}: ${counts.get(status)}`),
  ];
}

function bestLine({ best, objective }: ReportModel): Inline {
  if (best === undefined) return "No completed experiments with numeric objective values.";
  const metric = objective.metric === undefined ? "" : `${objective.metric}=`;
  return data(`${best.id}: ${metric}${best.value}`);
}
