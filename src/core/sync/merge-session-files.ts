import { SESSION_FILES } from "../log/columns.ts";
import { encodeLog } from "../log/encode.ts";
import { mergeLogs } from "../log/merge.ts";
import { mergeLedgers } from "../merge/merge-ledgers.ts";
import {
  decodeSessionLedger,
  decodeSessionLog,
  type NamedFiles,
} from "../session/decode-session.ts";
import { isEqual } from "../text/is-equal.ts";

type Files = NamedFiles["files"];

interface Versions {
  /** Where they stand, for messages. */
  readonly folder: string;
  readonly ancestor: Files;
  /** On the pull request's branch. */
  readonly ours: Files;
  /** On the base. */
  readonly theirs: Files;
}

/**
 * The files of a session after its pull request's branch took in its base: the log is merged row by row and
 * cell by cell, and where both changed one cell the base wins, for people merged it; the ledger keeps every line
 * of both; of any other file the side that changed it counts, the base first.
 */
export function mergeSessionFiles(versions: Versions): Files {
  const { ancestor, ours, theirs } = versions;
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  const merged = [...names].flatMap((name) => {
    const bytes = selectSide(ancestor.get(name), ours.get(name), theirs.get(name));
    return bytes === undefined ? [] : [[name, bytes] as const];
  });
  const records = RECORDS.filter(([name]) => names.has(name));
  return new Map([...merged, ...records.map(([name, merge]) => [name, merge(versions)] as const)]);
}

/** Files of which no side may lose anything. */
const RECORDS: readonly (readonly [string, (versions: Versions) => Uint8Array])[] = [
  [SESSION_FILES.log, mergeLogFile],
  [SESSION_FILES.ledger, mergeLedgerFile],
];

/** Names of the files that lose nothing when both sides changed them. */
export const LOSSLESS_FILES: readonly string[] = RECORDS.map(([name]) => name);

function mergeLogFile(versions: Versions): Uint8Array {
  const { draft } = mergeLogs(decodeVersions(versions, decodeSessionLog));
  return encodeLog(draft);
}

function mergeLedgerFile(versions: Versions): Uint8Array {
  return mergeLedgers(decodeVersions(versions, decodeSessionLedger));
}

/** As the merges call the sides: what the base has is ours, and is kept as it stands. */
function decodeVersions<T>(
  { folder, ancestor, ours, theirs }: Versions,
  decode: (side: NamedFiles) => T,
) {
  return {
    ancestor: decode({ folder, files: ancestor }),
    ours: decode({ folder, files: theirs }),
    theirs: decode({ folder, files: ours }),
  };
}

function selectSide(
  ancestor: Uint8Array | undefined,
  ours: Uint8Array | undefined,
  theirs: Uint8Array | undefined,
): Uint8Array | undefined {
  return isEqual(theirs, ancestor) ? ours : theirs;
}
