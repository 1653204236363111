import type { RootContent } from "mdast";
import { data, dataCode, heading, table } from "../markdown.ts";
import type { FailureGroup, ReportModel } from "../model.ts";

interface FailureRow {
  readonly group: FailureGroup;
  readonly isFirst: boolean;
  readonly id: string;
  readonly lastLine: string;
}

/** Failed experiments by class, the newest of each with its last error line. */
export function renderFailures({ failures }: ReportModel): readonly RootContent[] {
  if (failures.length === 0) return [];
  const rows = failures.flatMap((group) =>
    group.examples.map((example, at): FailureRow => ({ group, isFirst: at === 0, ...example })),
  );
  return [
    heading(2, "Failures"),
    table<FailureRow>(
      [
        { head: "Class", cell: ({ group, isFirst }) => (isFirst ? data(group.failureClass) : "") },
        {
          head: "Count",
          align: "right",
          cell: ({ group, isFirst }) => (isFirst ? String(group.count) : ""),
        },
        { head: "Newest", cell: ({ id }) => dataCode(id) },
        { head: "Last error line", cell: ({ lastLine }) => data(lastLine) },
      ],
      rows,
    ),
  ];
}
