import { RemoteError } from "../../core/errors.ts";
import type { BranchHead, BranchRemote } from "../../ports/branch-remote.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Revision, SessionFiles } from "../../ports/log-store.ts";
import type { PullRequests } from "../../ports/pull-requests.ts";
import type { SessionReader } from "./session-reader.ts";

/** Contents of a session's files by file name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** One session's files on two branches and where those parted. */
export interface FileVersions {
  /** The session's, relative to the repository. */
  readonly folder: string;
  readonly ancestor: Files;
  /** On the pull request's branch. */
  readonly ours: Files;
  /** On the branch the log lives on. */
  readonly theirs: Files;
}

export interface CasLogStoreOptions {
  readonly remote: BranchRemote;
  /** Needed for pull-request mode. */
  readonly pullRequests?: PullRequests;
  readonly clock: Clock;
  /** Where the log lives; the default branch when absent. */
  readonly branch?: string;
  /** Relative to the repository, with forward slashes. */
  readonly experimentsDir: string;
  readonly commit: "auto" | "push" | "pull-request" | "none";
  readonly dryRun: boolean;
  /** Told what the loop does, one sentence at a time. */
  readonly onProgress: (sentence: string) => void;
  /** Throws when a commit would break an invariant of the record. */
  readonly assertSafe: (base: SessionFiles, next: Files) => void;
  /** Three-way merge of a session's files; pure. */
  readonly mergeFiles: (versions: FileVersions) => Files;
}

/** What the parts of the store share. */
export interface StoreContext extends CasLogStoreOptions {
  readonly readSession: SessionReader;
  readonly heads: Heads;
}

/** The log's branch as it was read last; one read serves several questions until something moves it. */
export interface Heads {
  current(): Promise<BranchHead>;
  forget(): void;
  remember(head: BranchHead): void;
}

/** Reads the branch when it is first asked for. Throws `RemoteError` when there is no such branch. */
export function createHeads(remote: BranchRemote, branch: string | undefined): Heads {
  let reading: Promise<BranchHead> | undefined;
  const heads: Heads = {
    current() {
      reading ??= readExistingHead(remote, branch).catch((error: unknown) => {
        heads.forget();
        throw error;
      });
      return reading;
    },
    forget() {
      reading = undefined;
    },
    remember(head) {
      reading = Promise.resolve(head);
    },
  };
  return heads;
}

async function readExistingHead(
  remote: BranchRemote,
  branch: string | undefined,
): Promise<BranchHead> {
  const head = await remote.readHead(branch);
  if (head !== undefined) return head;
  if (branch === undefined) {
    throw new RemoteError(
      "The repository has no commit yet, so the log has no branch to live on.",
      {
        remedy: "Push a first commit, then run again.",
      },
    );
  }
  throw new RemoteError(`The branch ${branch} does not exist in the repository.`, {
    remedy: "Push a first commit to it, or correct the input `branch`.",
  });
}

/** The part of a head that callers are told. */
export function toRevision({ commit, committedAt, branch }: Revision): Revision {
  return { commit, committedAt, branch };
}
