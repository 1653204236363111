import { readFile, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { hasFlag, listFlag } from "../../adapters/cli/flags.ts";
import { createTerminalReporter, printError, printResult } from "../../adapters/cli/output.ts";
import type { Flags } from "../../adapters/cli/program.ts";
import { readRegularFile } from "../../adapters/files/read-file.ts";
import { writeFileDurably } from "../../adapters/files/write-file.ts";
import { isBaseMerged } from "../../adapters/git/is-base-merged.ts";
import { EXIT, InputError } from "../../core/errors.ts";
import { MAX_LOG_BYTES } from "../../core/log/columns.ts";
import type { MergeConflict } from "../../core/log/merge.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { type FileMerge, mergeFiles } from "../../modes/merge-files.ts";

/**
 * What git reads of a merge driver's exit code: 1 to 127 is a conflict in the file that was written, above 128 the driver
 * failed, and the merge with it: https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver
 */
const CONFLICT = 1;
const FAILED = 129;

/** `experiment-monitor merge`: a failure of any kind is told apart from a conflict, and git commits none unseen. */
export async function runMerge(flags: Flags): Promise<number> {
  try {
    return await mergeInPlace(flags);
  } catch (error) {
    printError(error, hasFlag(flags, "debug"));
    return failMerge(listFlag(flags, "words"));
  }
}

/** The files git makes for a driver; of another name is one that a person gave. */
const MADE_BY_GIT = /^\.merge_file_\w+$/;

const MARKER = "<<<<<<< not merged: the merge driver failed\n";

/**
 * The exit code of a merge that failed, also on its arguments. Up to version 2.39 at least git takes any code of a driver
 * for a conflict in what it wrote, and ours without a marker would be committed as the merge of both. So git's
 * own temporary files get a marker, at which every reader stops; a person's files stay as they are.
 */
export async function failMerge(words: readonly string[]): Promise<number> {
  for (const file of words.filter((word) => MADE_BY_GIT.test(basename(word)))) {
    try {
      const bytes = await readFile(file);
      await writeFile(file, Buffer.concat([Buffer.from(MARKER), bytes]));
    } catch (error) {
      printError(error, false);
    }
  }
  return FAILED;
}

async function mergeInPlace(flags: Flags): Promise<number> {
  const [base = "", mine = "", other = "", path = basename(mine)] = listFlag(flags, "words");
  const [ancestor, ours, theirs] = [await read(base), await read(mine), await read(other)];
  const isTheirsPublished = () => isBaseMerged({ cwd: process.cwd(), env: process.env });
  const merge = await mergeFiles({ path, ancestor, ours, theirs, isTheirsPublished });
  if (merge.kind !== "rendered-anew" && Buffer.compare(merge.bytes, ours) !== 0) {
    await writeFileDurably(resolve(mine), merge.bytes);
  }
  tell(path, merge);
  if (hasFlag(flags, "json")) printResult(describe(path, merge));
  return merge.kind === "conflicts" ? CONFLICT : EXIT.done;
}

async function read(file: string): Promise<Uint8Array> {
  const reading = await readRegularFile(resolve(file), {
    maxBytes: MAX_LOG_BYTES,
    followSymlink: false,
  });
  if (reading.kind === "read") return reading.bytes;
  const reason = reading.kind === "absent" ? "does not exist" : reading.reason;
  throw new InputError(
    `${quoteUntrusted(file)} ${reason}, expected a version of the file to merge.`,
    {
      remedy: "Give three files: the common version, ours and theirs.",
    },
  );
}

function tell(path: string, merge: FileMerge): void {
  const reporter = createTerminalReporter();
  const where = quoteUntrusted(path);
  if (merge.kind === "rendered-anew") {
    reporter.info(`${where}: ours is kept; \`experiment-monitor report\` makes it anew.`);
  }
  if (merge.kind !== "conflicts") return;
  for (const conflict of merge.conflicts) reporter.warning(`${where}: ${sentenceOf(conflict)}`);
  reporter.info(
    "Keep one of the two records of each conflict, remove the markers, and run `experiment-monitor check`.",
  );
}

function sentenceOf({ experimentId, column, ours, theirs }: MergeConflict): string {
  const sides = `ours ${quoteUntrusted(ours)}, theirs ${quoteUntrusted(theirs)}`;
  return `${column} of ${quoteUntrusted(experimentId)} was changed on both sides: ${sides}`;
}

function describe(path: string, merge: FileMerge): Record<string, unknown> {
  const conflicts = merge.kind === "conflicts" ? merge.conflicts : [];
  return {
    path,
    outcome: merge.kind,
    conflicts: conflicts.map(({ experimentId, column, ours, theirs }) => ({
      experiment_id: experimentId,
      column,
      ours,
      theirs,
    })),
  };
}
