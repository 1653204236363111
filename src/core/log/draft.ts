import { COLUMNS, type Column } from "./columns.ts";
import type { DecodedLog } from "./decode.ts";
import type { LogTable } from "./table.ts";

/** A log being edited: the rows that were read stay as they are, new texts lie on top. */
export interface LogDraft extends LogTable {
  readonly base: DecodedLog;
  /** Row → column → new text, for rows of the base. */
  readonly patches: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** Rows that the base does not have; row `base.rowCount + i` is `added[i]`. */
  readonly added: readonly ReadonlyMap<string, string>[];
  /** Sets a cell; returns whether its text is another one now. */
  set(row: number, column: Column, text: string): boolean;
  /** Appends a row with that id and returns its number. */
  append(experimentId: string): number;
}

/** Begins an edit of a log. */
export function createDraft(base: DecodedLog): LogDraft {
  const patches = new Map<number, Map<string, string>>();
  const added: Map<string, string>[] = [];
  const addedIds = new Map<string, number>();
  const overlay = (row: number) =>
    row < base.rowCount ? patches.get(row) : added[row - base.rowCount];
  const cell = (row: number, column: string) =>
    overlay(row)?.get(column) ?? (row < base.rowCount ? base.cell(row, column) : "");
  return {
    base,
    patches,
    added,
    path: base.path,
    header: base.header.length === 0 ? COLUMNS : base.header,
    get rowCount() {
      return base.rowCount + added.length;
    },
    cell,
    isEmpty: (row, column) => {
      const text = overlay(row)?.get(column);
      if (text !== undefined) return text === "";
      return row >= base.rowCount || base.isEmpty(row, column);
    },
    rowOf: (experimentId) => base.rowOf(experimentId) ?? addedIds.get(experimentId),
    set: (row, column, text) => {
      if (cell(row, column) === text) return false;
      const texts = overlay(row) ?? new Map<string, string>();
      if (row < base.rowCount) patches.set(row, texts as Map<string, string>);
      (texts as Map<string, string>).set(column, text);
      return true;
    },
    append: (experimentId) => {
      const row = base.rowCount + added.length;
      added.push(new Map([["experiment_id", experimentId]]));
      addedIds.set(experimentId, row);
      return row;
    },
  };
}

/** Whether an edit would change the file. */
export function isChanged(draft: LogDraft): boolean {
  return draft.patches.size > 0 || draft.added.length > 0;
}
