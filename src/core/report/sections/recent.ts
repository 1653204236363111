import type { RootContent } from "mdast";
import { data, heading, table } from "../markdown.ts";
import type { ReportModel } from "../model.ts";

/** The seed report's table. */
export function renderRecent({ recent }: ReportModel): readonly RootContent[] {
  if (recent.length === 0) return [];
  return [
    heading(2, "Recent Experiments"),
    table(
      [
        { head: "Experiment", cell: ({ id }) => data(id) },
        { head: "Status", cell: ({ status }) => data(status) },
        { head: "Metric", cell: ({ metric }) => data(metric) },
        { head: "Value", align: "right", cell: ({ value }) => data(value) },
        { head: "Updated", cell: ({ updated }) => data(updated) },
        { head: "Next Action", cell: ({ nextAction }) => data(nextAction) },
      ],
      recent,
    ),
  ];
}
