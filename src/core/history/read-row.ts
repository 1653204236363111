import { LogError } from "../errors.ts";
import { type DecodedLog, decodeLog } from "../log/decode.ts";
import { type FoundRecord, findRecord } from "./find-record.ts";

/** A row in one version of a log. */
export type RowVersion =
  | { readonly kind: "absent" }
  | { readonly kind: "row"; readonly cells: ReadonlyMap<string, string> }
  /** The log could not be read; why, as a sentence. */
  | { readonly kind: "unreadable"; readonly problem: string };

const ABSENT: RowVersion = { kind: "absent" };

/**
 * Creates a reader of one row through versions of a log, best called in the order of their making. Only the row's own
 * record is decoded, and only when its bytes are others than before; the log as a whole is read where that cannot tell,
 * and before a row is said to be gone. So a history of thousands of versions costs little more than getting their bytes.
 */
export function createRowReader(
  experimentId: string,
): (bytes: Uint8Array, path: string) => RowVersion {
  let known: { readonly record: FoundRecord; readonly row: RowVersion } | undefined;
  let wasThere = false;
  const read = (bytes: Uint8Array, path: string): RowVersion => {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const found = findRecord(source, experimentId);
    if (found === "absent" && !wasThere) return ABSENT;
    if (typeof found === "string") return readWhole(bytes, path, experimentId);
    if (known !== undefined && isSame(known.record, found)) return known.row;
    const copy = Buffer.concat([found.header, found.record]);
    const row = readWhole(copy, path, experimentId);
    // A broken record is told at its place in the file.
    if (row.kind !== "row") return readWhole(bytes, path, experimentId);
    const [header, record] = [
      copy.subarray(0, found.header.length),
      copy.subarray(found.header.length),
    ];
    known = { record: { header, record }, row };
    return row;
  };
  return (bytes, path) => {
    const row = read(bytes, path);
    if (row.kind !== "unreadable") wasThere = row.kind === "row";
    return row;
  };
}

function isSame(one: FoundRecord, other: FoundRecord): boolean {
  return one.record.equals(other.record) && one.header.equals(other.header);
}

function readWhole(bytes: Uint8Array, path: string, experimentId: string): RowVersion {
  const log = decodeOrExplain(bytes, path);
  if (typeof log === "string") return { kind: "unreadable", problem: log };
  const row = log.rowOf(experimentId);
  return row === undefined ? ABSENT : { kind: "row", cells: cellsOf(log, row) };
}

function decodeOrExplain(bytes: Uint8Array, path: string): DecodedLog | string {
  try {
    return decodeLog(bytes, path);
  } catch (error) {
    if (error instanceof LogError) return error.message;
    throw error;
  }
}

function cellsOf(log: DecodedLog, row: number): ReadonlyMap<string, string> {
  return new Map(log.header.map((column) => [column, log.cell(row, column)]));
}
