import { parseInstant } from "../text/time.ts";
import { COLUMNS } from "./columns.ts";
import type { DecodedLog } from "./decode.ts";
import { storableText } from "./storable-text.ts";
import type { LogTable } from "./table.ts";

/** A log being edited: the rows that were read stay as they are, new texts lie on top. */
export interface LogDraft extends LogTable {
  readonly base: DecodedLog;
  /** Row → column → new text, for rows of the base. */
  readonly patches: ReadonlyMap<number, ReadonlyMap<string, string>>;
  /** Rows that the base does not have; row `base.rowCount + i` is `added[i]`. */
  readonly added: readonly ReadonlyMap<string, string>[];
  /** Sets a cell of a column of the header or a canonical one; returns whether its text is another one now. */
  set(row: number, column: string, text: string): boolean;
  /** Appends a row with that id and returns its number. */
  append(experimentId: string): number;
}

/**
 * Begins an edit of a log.
 *
 * @param extraColumns columns to add where they are missing, besides the canonical ones
 */
export function createDraft(base: DecodedLog, extraColumns: readonly string[] = []): LogDraft {
  const patches = new Map<number, Map<string, string>>();
  const added: Map<string, string>[] = [];
  const addedIds = new Map<string, number>();
  const overlay = (row: number) => {
    if (row >= base.rowCount) return added[row - base.rowCount];
    return patches.size === 0 ? undefined : patches.get(row);
  };
  /** What lies on top of a cell; a row that was added has nothing below. */
  const textOnTop = (row: number, column: string) =>
    overlay(row)?.get(column) ?? (row < base.rowCount ? undefined : "");
  const cell = (row: number, column: string) => textOnTop(row, column) ?? base.cell(row, column);
  return {
    base,
    patches,
    added,
    path: base.path,
    header: [...new Set([...(base.header.length === 0 ? COLUMNS : base.header), ...extraColumns])],
    get rowCount() {
      return base.rowCount + added.length;
    },
    cell,
    isEmpty: (row, column) => {
      const text = textOnTop(row, column);
      return text === undefined ? base.isEmpty(row, column) : text === "";
    },
    holds: (row, column, wanted) => {
      const text = textOnTop(row, column);
      return text === undefined ? base.holds(row, column, wanted) : text === wanted;
    },
    instant: (row, column) => {
      const text = textOnTop(row, column);
      return text === undefined ? base.instant(row, column) : parseInstant(text);
    },
    rowOf: (experimentId) => base.rowOf(experimentId) ?? addedIds.get(experimentId),
    set: (row, column, text) => {
      const old = cell(row, column);
      const next = old === text ? text : storableText(text);
      if (old === next) return false;
      if (row >= base.rowCount) added[row - base.rowCount]?.set(column, next);
      else patchRow({ patches, row, column }, next, base.cell(row, column));
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

/** A cell that gets its old text back is one that did not change. */
function patchRow(
  at: {
    readonly patches: Map<number, Map<string, string>>;
    readonly row: number;
    readonly column: string;
  },
  text: string,
  old: string,
): void {
  const { patches, row, column } = at;
  const texts = patches.get(row) ?? new Map<string, string>();
  patches.set(row, texts);
  if (text === old) texts.delete(column);
  else texts.set(column, text);
  if (texts.size === 0) patches.delete(row);
}
