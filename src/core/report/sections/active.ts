import type { RootContent } from "mdast";
import { formatDuration } from "../../text/time.ts";
import { data, dataCode, heading, paragraph, type TableColumn, table } from "../markdown.ts";
import type { ActiveRun, ReportModel } from "../model.ts";

/** What runs and what waits in the queue; times are measured at `Generated`. */
export function renderActive({ active, medianRuntime }: ReportModel): readonly RootContent[] {
  if (active.total === 0) return [];
  const notes: string[] = [];
  if (medianRuntime !== undefined) {
    notes.push(
      `Expected ends come from the median runtime of completed experiments, ${formatDuration(medianRuntime)}.`,
    );
  }
  const more = active.total - active.shown.length;
  if (more > 0) notes.push(`${more} more are not listed.`);
  return [
    heading(2, "Running and queued"),
    table(columns(active.shown), active.shown),
    ...(notes.length === 0 ? [] : [paragraph(notes.join(" "))]),
  ];
}

function columns(shown: readonly ActiveRun[]): readonly TableColumn<ActiveRun>[] {
  const change: TableColumn<ActiveRun> = { head: "What changes", cell: (run) => data(run.change) };
  return [
    { head: "Experiment", cell: ({ id }) => dataCode(id) },
    {
      head: "Status",
      cell: ({ status, position }) =>
        position === undefined ? status : `${status}, place ${position}`,
    },
    {
      head: "Elapsed",
      align: "right",
      cell: ({ elapsed }) =>
        elapsed === undefined ? "" : formatDuration(elapsed).replaceAll(" ", "\u00a0"),
    },
    {
      head: "Expected end",
      cell: ({ expectedEnd, isOverdue }) => expectedEnd ?? (isOverdue ? "past the median" : ""),
    },
    ...(shown.some((run) => run.change !== "") ? [change] : []),
  ];
}
