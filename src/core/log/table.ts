import type { Column } from "./columns.ts";

/** A log as it was read: rows are numbered from 0 in file order, cells are decoded when asked for. */
export interface LogTable {
  /** Where it was read, for messages. */
  readonly path: string;
  /** The header's columns, canonical and extra, in file order. */
  readonly header: readonly string[];
  readonly rowCount: number;
  /** The text of a cell; `""` where the column is absent. */
  cell(row: number, column: string): string;
  /** Whether a cell holds no text, without decoding it. */
  isEmpty(row: number, column: string): boolean;
  /** Whether a cell holds exactly that text, without decoding it where the text is plain. */
  holds(row: number, column: string, text: string): boolean;
  /** The instant a cell names, in seconds since 1970, without decoding it; `undefined` where it names none. */
  instant(row: number, column: string): number | undefined;
  /** The row with that experiment id. */
  rowOf(experimentId: string): number | undefined;
}

/** New texts for cells of one row; an absent key leaves the cell as it is. */
export type RowPatch = Readonly<Partial<Record<Column, string>>>;
