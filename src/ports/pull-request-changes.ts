import type { LogError } from "../core/errors.ts";
import type { SessionFiles } from "./log-store.ts";

/** A pull request, by the two commits between which its changes lie. */
export interface ReviewedPullRequest {
  readonly number: number;
  /** The commit of the branch it is to be merged into. */
  readonly baseSha: string;
  readonly headSha: string;
}

/** One session before and after a pull request. */
export interface SessionChange {
  readonly session: string;
  /** Where the pull request's branch left its base; no files where the session is new, or cannot be read. */
  readonly base: SessionFiles;
  /** No files where the session is gone, or cannot be read. */
  readonly head: SessionFiles;
  /** Why the base's files cannot be read: what stands there is no regular file, or no folder. */
  readonly unreadableBase?: LogError;
  /** Why the head's files cannot be read. */
  readonly unreadable?: LogError;
}

/** What pull requests change in sessions. Only files are read; nothing of a pull request is run. */
export interface PullRequestChanges {
  /** Sessions of which a file differs, sorted by name. Permanent refusals throw `RemoteError`. */
  readChanges(pull: ReviewedPullRequest): Promise<readonly SessionChange[]>;
}
