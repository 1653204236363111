import type { CommitMessage } from "../core/sync/message.ts";

/** What stands at a path of the remote branch. */
export interface RemoteEntry {
  /** git's object id of the content. */
  readonly oid: string;
  /** git's mode: `100644` and `100755` are regular files, `120000` a symlink, `160000` a submodule, `040000` a folder. */
  readonly mode: string;
}

/** A branch's newest commit and what stands in its session folders. */
export interface BranchHead {
  readonly branch: string;
  readonly commit: string;
  /** Committer date, ISO 8601. */
  readonly committedAt: string;
  /**
   * Path relative to the repository → entry: the files directly in a folder of the experiments directory, a folder there
   * that has the name of a session's file, and what stands in the experiments directory itself and is no folder.
   */
  readonly entries: ReadonlyMap<string, RemoteEntry>;
}

/** One commit to be made on top of a known parent. */
export interface CommitRequest {
  readonly branch: string;
  /** The branch must still stand here: compare-and-swap. */
  readonly parent: string;
  /** A second parent, when a branch of ours takes in its base. */
  readonly mergeParent?: string;
  /** The tree to change; `parent`'s, or `mergeParent`'s when that is given. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: CommitMessage;
}

export type CommitOutcome =
  | { readonly kind: "committed"; readonly commit: string; readonly committedAt: string }
  /** The branch moved: read again and apply the edit again. */
  | { readonly kind: "stale" }
  /** No clear answer: the commit may or may not stand. */
  | { readonly kind: "unclear"; readonly reason: string }
  /** The branch refuses pushes (protection, rulesets). */
  | { readonly kind: "protected"; readonly reason: string }
  /** Above what this transport carries. */
  | { readonly kind: "too-large"; readonly bytes: number };

/** A repository's branch, reached over git or over GitHub's API. Permanent refusals throw `RemoteError`. */
export interface BranchRemote {
  /** Reads a branch; `undefined` when it does not exist. Without a name: the default branch. */
  readHead(branch: string | undefined): Promise<BranchHead | undefined>;
  /** Reads an older commit of a branch, such as the one two branches share. */
  readCommit(branch: string, commit: string): Promise<BranchHead>;
  /** The bytes of files of that head, by path; absent paths are left out. */
  readFiles(head: BranchHead, paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  commit(request: CommitRequest): Promise<CommitOutcome>;
  /** Whether a branch of ours was there when some head was read, and so may be still; asks nobody. */
  sawOwnBranch(branch: string): Promise<boolean>;
  /** Creates a branch at a commit; `exists` when it is already there. */
  createBranch(branch: string, commit: string): Promise<"created" | "exists">;
}
