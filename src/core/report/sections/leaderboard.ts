import type { RootContent } from "mdast";
import { formatNumbers } from "../../analysis/format-number.ts";
import type { Delta } from "../../analysis/ranking.ts";
import { formatDuration } from "../../text/time.ts";
import { formatVerdict } from "../format-delta.ts";
import { data, dataCode, heading, paragraph, type TableColumn, table } from "../markdown.ts";
import type { RankedResult, ReportModel } from "../model.ts";

/** The best results with what they changed. */
export function renderLeaderboard(model: ReportModel): readonly RootContent[] {
  const { shown } = model.leaderboard;
  if (shown.length === 0) return [];
  return [heading(2, "Leaderboard"), table(columns(model), shown), paragraph(caption(model))];
}

function columns({
  leaderboard,
  objective,
  baseline,
}: ReportModel): readonly TableColumn<RankedResult>[] {
  const { shown } = leaderboard;
  const values = formatNumbers(shown.map((result) => result.value));
  const verdict = (delta: Delta | undefined) =>
    delta === undefined ? "" : formatVerdict(delta, objective.mode);
  const all: readonly (TableColumn<RankedResult> & { readonly isEmpty?: boolean })[] = [
    { head: "#", align: "right", cell: (_, at) => String(at + 1) },
    { head: "Experiment", cell: ({ id }) => dataCode(id) },
    {
      head: data(objective.metric ?? "Value"),
      align: "right",
      cell: (_, at) => values.slice(at, at + 1),
    },
    {
      head: "Δ baseline",
      align: "right",
      cell: ({ id, baselineDelta }) => (id === baseline?.id ? "baseline" : verdict(baselineDelta)),
      isEmpty: baseline?.value === undefined,
    },
    {
      head: "Δ parent",
      align: "right",
      cell: ({ parentDelta }) => verdict(parentDelta),
      isEmpty: shown.every(({ parentDelta }) => parentDelta === undefined),
    },
    {
      head: "Runtime",
      align: "right",
      cell: ({ runtime }) =>
        runtime === undefined ? "" : formatDuration(runtime).replaceAll(" ", "\u00a0"),
      isEmpty: shown.every(({ runtime }) => runtime === undefined),
    },
    {
      head: "What changed",
      cell: ({ change }) => data(change),
      isEmpty: shown.every(({ change }) => change === ""),
    },
  ];
  return all.filter((column) => column.isEmpty !== true);
}

function caption({ leaderboard, objective }: ReportModel): string {
  const { shown, total, notComparable } = leaderboard;
  const parts = [`${objective.mode === "min" ? "Lower" : "Higher"} is better`, "▲ better, ▼ worse"];
  if (total > shown.length) parts.push(`the best ${shown.length} of ${total} results`);
  if (notComparable > 0)
    parts.push(`${notComparable} not comparable (another metric, mode or task)`);
  return `${parts.join("; ")}.`;
}
