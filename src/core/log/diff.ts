import type { DecodedLog } from "./decode.ts";

/** One cell that differs. */
export interface CellChange {
  readonly column: string;
  /** Empty where the row or the column was not there. */
  readonly before: string;
  readonly after: string;
}

/** A row that differs. */
export interface RowChange {
  readonly experimentId: string;
  /** Row in the head's log; of a removed row in the base's. */
  readonly row: number;
  /** In the order of the columns; of an added or removed row every cell with text. */
  readonly cells: readonly CellChange[];
}

/** What differs between two versions of a log, by experiment id and cell. */
export interface LogDiff {
  /** In the order of the head. */
  readonly added: readonly RowChange[];
  readonly changed: readonly RowChange[];
  /** In the order of the base. */
  readonly removed: readonly RowChange[];
  /** Rows whose cells are the same and whose bytes are not: quoting, line ends. Row in the head. */
  readonly rewritten: readonly { readonly experimentId: string; readonly row: number }[];
  /** Rows both have stand in another order. */
  readonly isReordered: boolean;
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
}

/** Compares two logs by experiment id and cell; a row whose bytes are the same is not decoded. */
export function diffLogs(_base: DecodedLog, _head: DecodedLog): LogDiff {
  throw new Error("not written yet");
}
