import { decodeLedger } from "../core/command/ledger-codec.ts";
import { InputError } from "../core/errors.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { decodeLog } from "../core/log/decode.ts";
import type { MergeConflict } from "../core/log/merge.ts";
import { mergeLedgers } from "../core/merge/merge-ledgers.ts";
import { mergeLogFile } from "../core/merge/merge-log-file.ts";
import { readAncestor } from "../core/merge/read-ancestor.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";

/** Three versions of one file of a session. */
export interface FileVersions {
  /** Where it stands; its name says what kind of file it is. */
  readonly path: string;
  /** Empty where the two sides have no common version. */
  readonly ancestor: Uint8Array;
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
  /** Theirs is what everybody has: it is extended by ours, and not ours by theirs. Asked where it makes a difference. */
  readonly isTheirsPublished?: () => Promise<boolean>;
}

/** What became of a file. */
export type FileMerge =
  | { readonly kind: "merged"; readonly bytes: Uint8Array }
  /** The records in conflict stand between markers; everything else is merged. */
  | {
      readonly kind: "conflicts";
      readonly bytes: Uint8Array;
      readonly conflicts: readonly MergeConflict[];
    }
  /** Ours is kept, because the file is made anew from the log. */
  | { readonly kind: "rendered-anew" };

/**
 * Merges a file as its name asks for.
 *
 * @throws {LogError} when a side cannot be read exactly
 * @throws {InputError} for a file that is not merged here
 */
export async function mergeFiles(versions: FileVersions): Promise<FileMerge> {
  const name = versions.path.split(/[/\\]/).at(-1) ?? "";
  const merge = MERGES.get(name) ?? (name.endsWith(".csv") ? mergeLog : undefined);
  if (merge !== undefined) return await merge(versions);
  throw new InputError(
    `${quoteUntrusted(versions.path)} is not a file this driver merges: expected an experiment_log.csv or command_log.csv.`,
    {
      remedy:
        "Give the path as the fourth argument (%P in git's configuration), and the attribute merge=experiment-monitor only to files of a session.",
    },
  );
}

type Merge = (versions: FileVersions) => FileMerge | Promise<FileMerge>;

/** By file name; another CSV file is a log under a name of its own. */
const MERGES: ReadonlyMap<string, Merge> = new Map<string, Merge>([
  [SESSION_FILES.ledger, mergeLedger],
  [SESSION_FILES.report, keepOurs],
  [SESSION_FILES.summary, keepOurs],
  [SESSION_FILES.badge, keepOurs],
]);

function mergeLog({ path, ancestor, ours, theirs }: FileVersions): FileMerge {
  const { bytes, conflicts } = mergeLogFile({
    ancestor: readAncestor(ancestor, (bytes) => decodeLog(bytes, `${path} (base)`)),
    ours: decodeLog(ours, `${path} (ours)`),
    theirs: decodeLog(theirs, `${path} (theirs)`),
  });
  return conflicts.length === 0
    ? { kind: "merged", bytes }
    : { kind: "conflicts", bytes, conflicts };
}

async function mergeLedger(versions: FileVersions): Promise<FileMerge> {
  const { path, isTheirsPublished } = versions;
  const ancestor = readAncestor(versions.ancestor, (bytes) =>
    decodeLedger(bytes, `${path} (base)`),
  );
  const ours = decodeLedger(versions.ours, `${path} (ours)`);
  const theirs = decodeLedger(versions.theirs, `${path} (theirs)`);
  const isExtended = (await isTheirsPublished?.()) === true;
  const sides = isExtended ? { ours: theirs, theirs: ours } : { ours, theirs };
  return { kind: "merged", bytes: mergeLedgers({ ancestor, ...sides }) };
}

function keepOurs(): FileMerge {
  return { kind: "rendered-anew" };
}
