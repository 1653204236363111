import { SESSION_FILES } from "../../core/log/columns.ts";
import { LOSSLESS_FILES } from "../../core/sync/merge-session-files.ts";
import { pullRequestBranch } from "../../core/sync/own-branch.ts";
import type { BranchHead } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import type { PullRequests } from "../../ports/pull-requests.ts";
import type { StoreContext } from "./context.ts";

/** What an edit of the pull request's branch starts from. */
export interface Start {
  /** The branch the log lives on. */
  readonly base: BranchHead;
  /** The pull request's branch; `undefined` before the first commit. */
  readonly own: BranchHead | undefined;
  /** The files the edit is applied to. */
  readonly files: SessionFiles;
  /** The commit takes in the base, whose session files moved since the branches parted. */
  readonly takesInBase: boolean;
}

/** One session's pull request. */
export interface Run {
  readonly context: StoreContext;
  readonly session: string;
  readonly pullRequests: PullRequests;
}

/**
 * Reads both branches, and merges the session's files where the base moved too. A branch that is gone was merged: what it held
 * is in the base since then, so the base as it was known before does not do.
 */
export async function readStart(run: Run): Promise<Start> {
  const { context, session } = run;
  const branch = pullRequestBranch(session);
  const own = await context.remote.readHead(branch);
  if (own === undefined && (await context.remote.sawOwnBranch(branch))) context.heads.forget();
  const base = await context.heads.current();
  if (own === undefined) {
    return { base, own, files: await context.readSession(base, session), takesInBase: false };
  }
  const files = await context.readSession(own, session);
  const ancestor = await readAncestor(run, { base, own, folder: files.folder });
  if (ancestor === undefined) return { base, own, files, takesInBase: false };
  const merged = context.mergeFiles({
    folder: files.folder,
    ancestor: (await context.readSession(ancestor, session)).files,
    ours: files.files,
    theirs: (await context.readSession(base, session)).files,
  });
  return { base, own, files: { folder: files.folder, files: merged }, takesInBase: true };
}

interface Sides {
  readonly base: BranchHead;
  readonly own: BranchHead;
  /** The session's. */
  readonly folder: string;
}

/** Where the two branches parted; `undefined` when the base is not to be taken in. */
async function readAncestor(run: Run, sides: Sides): Promise<BranchHead | undefined> {
  const { base, own, folder } = sides;
  if (base.commit === own.commit) return undefined;
  const onBase = await run.pullRequests.compare(own.commit, base.commit);
  if (onBase.aheadBy === 0) return undefined;
  const paths = onBase.changed === undefined ? undefined : [...onBase.changed.keys()];
  if (paths?.every((path) => !path.startsWith(`${folder}/`))) return undefined;
  const ancestor = await run.context.remote.readCommit(own.branch, onBase.mergeBase);
  if (isSameSession(folder, ancestor, base)) return undefined;
  const onOwn = await run.pullRequests.compare(base.commit, own.commit);
  const survives = ([path, blob]: [string, string]) =>
    onBase.changed?.get(path) === blob || isMerged(path, ancestor, sides);
  if (onOwn.changed !== undefined && [...onOwn.changed].every(survives)) return ancestor;
  run.context.onProgress(
    `The branch ${own.branch} holds changes that only a person can merge, so it goes on without those of ${base.branch}`,
  );
  return undefined;
}

/** Whether two commits hold the same files in a session's folder. */
function isSameSession(folder: string, left: BranchHead, right: BranchHead): boolean {
  const list = (head: BranchHead) =>
    [...head.entries].filter(([path]) => path.startsWith(`${folder}/`));
  const files = list(left);
  return (
    files.length === list(right).length &&
    files.every(([path, { oid }]) => right.entries.get(path)?.oid === oid)
  );
}

/** Files of which the merge loses nothing: records keep what both sides wrote, the others are rendered from the log. */
const MERGED: ReadonlySet<string> = new Set([
  ...LOSSLESS_FILES,
  SESSION_FILES.report,
  SESSION_FILES.summary,
  SESSION_FILES.badge,
]);

/** Whether what the pull request's branch did to a path survives in the base's tree with the merged files. */
function isMerged(path: string, ancestor: BranchHead, { base, own, folder }: Sides): boolean {
  if (!path.startsWith(`${folder}/`) || !own.entries.has(path)) return false;
  const name = path.slice(folder.length + 1);
  // They are carried over whole, so only one side may have changed them.
  const isUntouchedOnBase = base.entries.get(path)?.oid === ancestor.entries.get(path)?.oid;
  return MERGED.has(name) || (name === SESSION_FILES.settings && isUntouchedOnBase);
}
