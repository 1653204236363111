import type { RootContent } from "mdast";
import type { CellChange, LogDiff, RowChange } from "../../log/diff.ts";
import { shortenText } from "../../text/escape.ts";
import { LIMITS } from "../limits.ts";
import { data, dataCode, heading, type Inline, type TableColumn, table } from "../markdown.ts";
import { renderRest } from "./rest.ts";
import { showCell } from "./show-cell.ts";
import { windowsOf } from "./word-diff.ts";

/** A cell that differs, with the row it is in. */
export interface ChangedCell extends CellChange {
  readonly experimentId: string;
}

/** The cells of rows, row by row. */
export function cellsOf(rows: readonly RowChange[]): readonly ChangedCell[] {
  return rows.flatMap(({ experimentId, cells }) =>
    cells.map((cell) => ({ experimentId, ...cell })),
  );
}

/** Whether a cell's two versions are too long to stand beside each other. */
export function isLong({ before, after }: CellChange): boolean {
  return Math.max(before.length, after.length) > LIMITS.cell;
}

/** An experiment's id, in code. */
export function experimentName(experimentId: string): Inline {
  return dataCode(shortenText(showCell(experimentId), LIMITS.id));
}

/** A column's name, in code. */
export function columnName(column: string): Inline {
  return dataCode(shortenText(showCell(column), LIMITS.id));
}

/** The cells of updated experiments, old beside new; at most `most`, and a sentence for the others. */
export function renderCellTable({ changed }: LogDiff, most: number): readonly RootContent[] {
  const cells = cellsOf(changed);
  if (cells.length === 0) return [];
  const shown = cells.slice(0, most);
  const columns: readonly TableColumn<ChangedCell>[] = [
    { head: "Experiment", cell: (cell, at) => nameOnce(cell, shown[at - 1]) },
    { head: "Cell", cell: ({ column }) => columnName(column) },
    { head: "Old", cell: (cell) => data(windowsOf(cell.before, cell.after, LIMITS.cell)[0]) },
    { head: "New", cell: (cell) => data(windowsOf(cell.before, cell.after, LIMITS.cell)[1]) },
  ];
  return [
    heading(3, "Updated"),
    ...(shown.length > 0 ? [table(columns, shown)] : []),
    ...renderRest(cells.length, shown.length, "updated cell"),
  ];
}

/** The name of a cell's experiment, unless the cell above has it already. */
export function nameOnce(cell: ChangedCell, above: ChangedCell | undefined): Inline {
  return cell.experimentId === above?.experimentId ? "" : experimentName(cell.experimentId);
}
