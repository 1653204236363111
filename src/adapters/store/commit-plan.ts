import { createHash } from "node:crypto";
import { RemoteError } from "../../core/errors.ts";
import { hashBlob } from "../../core/sync/git-object.ts";
import type { BranchHead, CommitOutcome, CommitRequest } from "../../ports/branch-remote.ts";
import type { Edited, Revision, SessionFiles, Update } from "../../ports/log-store.ts";
import { type StoreContext, toRevision } from "./context.ts";

/** An edit applied to the files of one head. */
export interface Plan<T> {
  /** Where the result is compared with. */
  readonly head: BranchHead;
  readonly base: SessionFiles;
  readonly edited: Edited<T>;
  /** Path → new content of the files that differ. */
  readonly changed: ReadonlyMap<string, Uint8Array>;
}

export type Committed = Extract<CommitOutcome, { kind: "committed" }>;

/** Whether this run only says what it would write. */
export function isRehearsal(context: StoreContext): boolean {
  return context.dryRun || context.commit === "none";
}

/** What a rehearsal answers. */
export function reportPlanned<T>({ edited, head, changed }: Plan<T>): Update<T> {
  const files = [...changed.keys()];
  return { kind: "planned", value: edited.value, head: toRevision(head), files };
}

/** Sends a plan. Whatever the answer, the head that was known is no longer the newest. */
export async function commitPlan<T>(
  context: StoreContext,
  where: Pick<CommitRequest, "branch" | "parent" | "mergeParent">,
  plan: Plan<T>,
): Promise<CommitOutcome> {
  context.heads.forget();
  return context.remote.commit({ ...where, files: plan.changed, message: plan.edited.message });
}

/** Why the loop goes on, as the start of a sentence. Throws `RemoteError` for what another attempt does not mend. */
export function explainRepeat(outcome: Exclude<CommitOutcome, Committed>, branch: string): string {
  switch (outcome.kind) {
    case "stale":
      return `The branch ${branch} moved`;
    case "unclear":
      return `The commit's fate is unclear (${outcome.reason})`;
    case "protected":
      throw new RemoteError(`The branch ${branch} refuses pushes: ${outcome.reason}.`, {
        remedy:
          "Set the input `commit` to pull-request and give the job `pull-requests: write`, or let this token bypass the rule.",
      });
    case "too-large":
      throw new RemoteError(
        `The changed files have ${outcome.bytes} bytes, more than GitHub's API takes in one commit.`,
        { remedy: "Set the input `transport` to git or auto." },
      );
  }
}

/**
 * Reads the branch back and compares what was stored with what was sent. `undefined` when the branch does not show the commit:
 * another writer was there already, or GitHub's answer lags; the commit itself was confirmed before. Throws `RemoteError` when
 * the remote stored other bytes.
 */
export async function verifyCommit(
  context: StoreContext,
  revision: Revision,
  changed: ReadonlyMap<string, Uint8Array>,
): Promise<BranchHead | undefined> {
  const head = await readBack(context, revision);
  if (head?.commit !== revision.commit) return undefined;
  for (const [path, bytes] of changed) {
    if (head.entries.get(path)?.oid === hashBlob(bytes, head.commit, createHash)) continue;
    throw new RemoteError(
      `The commit ${revision.commit} holds other bytes of ${path} than were sent.`,
      {
        remedy: "Compare the file with the report of this run; no later run writes over it unseen.",
      },
    );
  }
  return head;
}

async function readBack(
  context: StoreContext,
  revision: Revision,
): Promise<BranchHead | undefined> {
  try {
    return await context.remote.readHead(revision.branch);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    // The commit stands: the remote said so. Failing now would hide that.
    context.onProgress(`The commit ${revision.commit} could not be read back: ${error.message}`);
    return undefined;
  }
}
