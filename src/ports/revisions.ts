import type { LogError } from "../core/errors.ts";
import type { SessionFiles } from "./log-store.ts";

/** A session as it stands in a commit. */
export interface RevisionFiles extends SessionFiles {
  /** Why its files, none of which are here then, cannot be read: one of them is no regular file. */
  readonly unreadable?: LogError;
}

/** Sessions as they stand in commits of the local repository; its working tree is neither read nor touched. */
export interface Revisions {
  /**
   * The commit a name such as `main`, `HEAD~1` or `v1.0` stands for.
   *
   * @throws {InputError} when there is none here, which is often so in a shallow clone
   */
  findCommit(name: string): Promise<string>;
  /** The newest commit that both descend from; `undefined` when the repository does not hold one. */
  findMergeBase(one: string, other: string): Promise<string | undefined>;
  /**
   * The sessions at a revision by name, sorted, with their settings, log and ledger.
   *
   * @param sessions the ones that are wanted, those that are not there are left out; absent: every one
   * @throws {InputError} for an unknown revision
   */
  readSessions(
    revision: string,
    sessions?: readonly string[],
  ): Promise<ReadonlyMap<string, RevisionFiles>>;
}
