import type { RootContent } from "mdast";
import type { Column } from "../../log/columns.ts";
import type { LogDiff, RowChange } from "../../log/diff.ts";
import { shortenText } from "../../text/escape.ts";
import { LIMITS } from "../limits.ts";
import { data, heading, type TableColumn, table } from "../markdown.ts";
import { experimentName } from "./cell-table.ts";
import { renderRest } from "./rest.ts";
import { showCell } from "./show-cell.ts";

/** What of a whole row is worth a column, where any of the rows has it. */
const SHOWN: readonly (readonly [Column, string])[] = [
  ["status", "Status"],
  ["objective_metric", "Metric"],
  ["objective_value", "Value"],
  ["parent_experiment_id", "Parent"],
  ["change_summary", "What changed"],
  ["hypothesis", "Hypothesis"],
  ["owner", "Owner"],
];

/** The experiments that came, one a line; at most `most`, and a sentence for the others. */
export function renderAdded({ added }: LogDiff, most: number): readonly RootContent[] {
  return renderRows("Added", added.map(addedRow), most);
}

/** The experiments that went, as the base has them. */
export function renderRemoved({ removed }: LogDiff, most: number): readonly RootContent[] {
  return renderRows("Removed", removed.map(removedRow), most);
}

interface WholeRow {
  readonly experimentId: string;
  readonly texts: ReadonlyMap<string, string>;
}

function addedRow({ experimentId, cells }: RowChange): WholeRow {
  return { experimentId, texts: new Map(cells.map(({ column, after }) => [column, after])) };
}

function removedRow({ experimentId, cells }: RowChange): WholeRow {
  return { experimentId, texts: new Map(cells.map(({ column, before }) => [column, before])) };
}

function renderRows(
  title: string,
  rows: readonly WholeRow[],
  most: number,
): readonly RootContent[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most);
  return [
    heading(3, title),
    ...(shown.length > 0 ? [table(columnsOf(shown), shown)] : []),
    ...renderRest(rows.length, shown.length, "experiment"),
  ];
}

function columnsOf(rows: readonly WholeRow[]): readonly TableColumn<WholeRow>[] {
  const filled = SHOWN.filter(([column]) => rows.some(({ texts }) => texts.has(column)));
  return [
    { head: "Experiment", cell: ({ experimentId }) => experimentName(experimentId) },
    ...filled.map(
      ([column, head]): TableColumn<WholeRow> => ({
        head,
        cell: ({ texts }) => data(shortenText(showCell(texts.get(column) ?? ""), LIMITS.cell)),
      }),
    ),
  ];
}
