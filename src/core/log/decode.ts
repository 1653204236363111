import { LogError } from "../errors.ts";
import { decodeCell, decodeInstant, holdsText, isEmptyCell } from "./cells.ts";
import { MAX_LOG_BYTES } from "./columns.ts";
import { explainMalformed, FINISH_THE_MERGE } from "./explain-malformed.ts";
import { indexRecords, isMalformed, type RecordIndex } from "./index-records.ts";
import { lineColumnAt } from "./position.ts";
import type { LogTable } from "./table.ts";
import { invalidUtf8At } from "./utf8.ts";
import { validateHeader, validateRows } from "./validate.ts";

const BOM = "\xef\xbb\xbf";
const CONFLICT_MARKER = /^(?:<{7}|>{7}|\|{7}) /m;

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
 * @throws {LogError} with path, line and column, on anything spec/01 "Reading fails closed" names
 */
export function decodeLog(bytes: Uint8Array, path: string): DecodedLog {
  if (bytes.length > MAX_LOG_BYTES) {
    throw new LogError(`is ${bytes.length} bytes; a log may have at most ${MAX_LOG_BYTES}`, {
      path,
      remedy: "Start a new session and keep this log as it is.",
    });
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  refuseStrayBytes(bytes, text, path);
  const start = text.startsWith(BOM) ? BOM.length : 0;
  const result = indexRecords(text, start);
  if (isMalformed(result)) throw explainMalformed({ bytes, text, path, problem: result });
  if (result.count === 0) return emptyLog(bytes, path);
  return tableOf(result, bytes, path);
}

function refuseStrayBytes(bytes: Uint8Array, text: string, path: string): void {
  const stray: readonly [number | undefined, string, string][] = [
    [
      offsetOf(text.indexOf("\0")),
      "a NUL byte",
      "The file is damaged or not text; restore it from git.",
    ],
    [conflictAt(text), "a git conflict marker", FINISH_THE_MERGE],
    [invalidUtf8At(bytes), "bytes that are not UTF-8", "Save the file as UTF-8."],
  ];
  for (const [offset, what, remedy] of stray) {
    if (offset !== undefined) {
      throw new LogError(`found ${what}`, { path, ...lineColumnAt(text, offset), remedy });
    }
  }
}

function offsetOf(found: number): number | undefined {
  return found < 0 ? undefined : found;
}

/** A separator line alone is a record with too few fields, or a heading in somebody's notes. */
function conflictAt(text: string): number | undefined {
  const isSuspect = text.includes("<<<<<<< ") || text.includes(">>>>>>> ");
  return isSuspect ? offsetOf(text.search(CONFLICT_MARKER)) : undefined;
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

/** The line end of the header counts: new records follow it. */
function lineEndOf(index: RecordIndex): "\n" | "\r\n" {
  const headerEnd = (index.bounds[index.width] as number) - 1;
  return index.text.charCodeAt(headerEnd) === 0x0d ? "\r\n" : "\n";
}
