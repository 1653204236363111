import { LogError } from "../errors.ts";
import { cellOffset } from "../log/cells.ts";
import { type DecodedLog, decodeLog } from "../log/decode.ts";
import type { RecordIndex } from "../log/index-records.ts";

/** A row in one version of a log. */
export type RowVersion =
  | { readonly kind: "absent" }
  | { readonly kind: "row"; readonly cells: ReadonlyMap<string, string> }
  /** The log could not be read; why, as a sentence. */
  | { readonly kind: "unreadable"; readonly problem: string };

const ABSENT: RowVersion = { kind: "absent" };

/**
 * Creates a reader of one row through versions of a log, best called in the order of their making. A log that begins
 * with the bytes that the version before it had up to the end of the row has the same row: only other versions are
 * read as a whole. So a history of thousands of versions costs little more than getting their bytes.
 */
export function createRowReader(
  experimentId: string,
): (bytes: Uint8Array, path: string) => RowVersion {
  const needle = Buffer.from(experimentId.replaceAll('"', '""'), "utf8");
  let prefix: Uint8Array | undefined;
  let before = ABSENT;
  const readWhole = (bytes: Uint8Array, path: string): RowVersion => {
    const log = decodeOrExplain(bytes, path);
    if (typeof log === "string") return { kind: "unreadable", problem: log };
    const row = log.rowOf(experimentId);
    if (row === undefined) return ABSENT;
    prefix = prefixOf(log, row);
    return { kind: "row", cells: cellsOf(log, row) };
  };
  return (bytes, path) => {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (prefix !== undefined && startsWith(source, prefix)) return before;
    if (before === ABSENT && !source.includes(needle)) return ABSENT;
    prefix = undefined;
    before = readWhole(bytes, path);
    return before;
  };
}

function startsWith(bytes: Buffer, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && bytes.subarray(0, prefix.length).equals(prefix);
}

function decodeOrExplain(bytes: Uint8Array, path: string): DecodedLog | string {
  try {
    return decodeLog(bytes, path);
  } catch (error) {
    if (error instanceof LogError) return error.message;
    throw error;
  }
}

/**
 * Up to the end of the row's record and its line. `undefined` for a last line without an end: a longer last cell would
 * begin alike.
 */
function prefixOf(log: DecodedLog, row: number): Uint8Array | undefined {
  const { bytes } = log;
  // A log with a row has an index.
  const index = log.index as RecordIndex;
  if (row + 2 < index.count) return bytes.subarray(0, cellOffset(index, row + 2, 0));
  return bytes.at(-1) === 0x0a ? bytes : undefined;
}

function cellsOf(log: DecodedLog, row: number): ReadonlyMap<string, string> {
  return new Map(log.header.map((column) => [column, log.cell(row, column)]));
}
