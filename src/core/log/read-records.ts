import { LogError } from "../errors.ts";
import { cellOffset } from "./cells.ts";
import { MAX_LOG_BYTES } from "./columns.ts";
import { explainMalformed, FINISH_THE_MERGE, isSeparator } from "./explain-malformed.ts";
import { indexRecords, isMalformed, type RecordIndex } from "./index-records.ts";
import { lineColumnAt } from "./position.ts";
import { invalidUtf8At } from "./utf8.ts";

const BOM = "\xef\xbb\xbf";
const MARKER = "a git conflict marker";
const CONFLICT_MARKER = /^(?:<{7}|>{7}|\|{7}) /m;

/**
 * Finds the records of a log or a ledger, or says where it is not a file that can be read exactly.
 *
 * @param bytes the file
 * @param source where it was read and what it is (`log`, `ledger`), for messages
 * @throws {LogError} with path, line and column
 */
export function readRecords(
  bytes: Uint8Array,
  source: { readonly path: string; readonly noun: string },
): RecordIndex {
  const { path, noun } = source;
  if (bytes.length > MAX_LOG_BYTES) {
    throw new LogError(`is ${bytes.length} bytes; a ${noun} may have at most ${MAX_LOG_BYTES}`, {
      path,
      remedy: `Start a new session and keep this ${noun} as it is.`,
    });
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  refuseStrayBytes(bytes, text, path);
  const start = text.startsWith(BOM) ? BOM.length : 0;
  const result = indexRecords(text, start);
  if (isMalformed(result)) throw explainMalformed({ bytes, text, path, problem: result });
  refuse(separatorsIn(result), text, path);
  return result;
}

function refuseStrayBytes(bytes: Uint8Array, text: string, path: string): void {
  refuse(
    [
      [
        offsetOf(text.indexOf("\0")),
        "a NUL byte",
        "The file is damaged or not text; restore it from git.",
      ],
      [conflictAt(text), MARKER, FINISH_THE_MERGE],
      [invalidUtf8At(bytes), "bytes that are not UTF-8", "Save the file as UTF-8."],
    ],
    text,
    path,
  );
}

/** An offset, what stands there, and the remedy. */
type Stray = readonly [number | undefined, string, string];

function refuse(strays: readonly Stray[], text: string, path: string): void {
  for (const [offset, what, remedy] of strays) {
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

/** Where a record is a single field, the lines between the sides of a conflict are records like any other. */
function separatorsIn(index: RecordIndex): readonly Stray[] {
  if (index.width !== 1) return [];
  const starts = Array.from({ length: index.count }, (_, record) => cellOffset(index, record, 0));
  const found = starts.find((start) => isSeparator(index.text, start));
  return [[found, MARKER, FINISH_THE_MERGE]];
}

/** The line end of the header counts: new records follow it. */
export function lineEndOf(index: RecordIndex): "\n" | "\r\n" {
  const headerEnd = (index.bounds[index.width] as number) - 1;
  return index.text.charCodeAt(headerEnd) === 0x0d ? "\r\n" : "\n";
}
