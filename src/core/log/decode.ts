import { decodeCell, decodeInstant, holdsText, isEmptyCell } from "./cells.ts";
import type { RecordIndex } from "./index-records.ts";
import { lineEndOf, readRecords } from "./read-records.ts";
import type { LogTable } from "./table.ts";
import { validateHeader, validateRows } from "./validate.ts";

/** A log with the bytes it was read from, so that what is not changed can be written back as it was. */
export interface DecodedLog extends LogTable {
  readonly bytes: Uint8Array;
  /** `undefined` for a file without a header. */
  readonly index: RecordIndex | undefined;
  readonly lineEnd: "\n" | "\r\n";
}

/**
 * Reads a log exactly, or not at all.
 *
 * @param bytes the file
 * @param path where it was read, for messages
 * @throws {LogError} with path, line and column, on anything docs/log.md, "Reading fails closed", names
 */
export function decodeLog(bytes: Uint8Array, path: string): DecodedLog {
  const index = readRecords(bytes, { path, noun: "log" });
  return index.count === 0 ? emptyLog(bytes, path) : tableOf(index, bytes, path);
}

function emptyLog(bytes: Uint8Array, path: string): DecodedLog {
  return {
    path,
    bytes,
    index: undefined,
    lineEnd: "\n",
    header: [],
    rowCount: 0,
    cell: () => "",
    isEmpty: () => true,
    holds: (_row, _column, text) => text === "",
    instant: () => undefined,
    rowOf: () => undefined,
  };
}

function tableOf(index: RecordIndex, bytes: Uint8Array, path: string): DecodedLog {
  const header = Array.from({ length: index.width }, (_, field) => decodeCell(index, 0, field));
  validateHeader(header, index, path);
  const fields = new Map(header.map((name, field) => [name, field]));
  const rows = validateRows(index, fields, path);
  return {
    path,
    bytes,
    index,
    lineEnd: lineEndOf(index),
    header,
    rowCount: index.count - 1,
    cell: (row, column) => {
      const field = fields.get(column);
      return field === undefined ? "" : decodeCell(index, row + 1, field);
    },
    isEmpty: (row, column) => {
      const field = fields.get(column);
      return field === undefined || isEmptyCell(index, row + 1, field);
    },
    holds: (row, column, text) => {
      const field = fields.get(column);
      return field === undefined ? text === "" : holdsText({ index, record: row + 1, field }, text);
    },
    instant: (row, column) => {
      const field = fields.get(column);
      return field === undefined ? undefined : decodeInstant(index, row + 1, field);
    },
    rowOf: (experimentId) => rows.get(experimentId),
  };
}
