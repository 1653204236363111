import type { CommitMessage } from "../core/sync/message.ts";

/** The files of one session folder as they stand where the log lives, by file name. */
export interface SessionFiles {
  /** The folder, relative to the repository, with forward slashes. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** File name → path, for files that stand elsewhere than in the folder. */
  readonly paths?: ReadonlyMap<string, string>;
}

/** What an edit made of a session's files: every file it wants to stand there, changed or not. */
export interface Edited<T> {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly message: CommitMessage;
  readonly value: T;
}

/** A pure function of the files at the newest head; it is called again when the head has moved. */
export type Edit<T> = (session: SessionFiles) => Edited<T>;

/** What became of an edit. */
export type Update<T> =
  | { readonly kind: "unchanged"; readonly value: T; readonly head: Revision | undefined }
  | {
      readonly kind: "planned";
      readonly value: T;
      readonly head: Revision | undefined;
      readonly files: readonly string[];
    }
  | {
      readonly kind: "written";
      readonly value: T;
      readonly files: readonly string[];
      readonly head: Revision | undefined;
    }
  | {
      readonly kind: "committed";
      readonly value: T;
      readonly files: readonly string[];
      readonly head: Revision;
      /** Set when the commit went to a pull request's branch because the branch refuses pushes. */
      readonly pullRequest?: { readonly number: number; readonly url: string };
    };

/** A commit that holds a session's files. */
export interface Revision {
  readonly commit: string;
  /** Committer date, ISO 8601. */
  readonly committedAt: string;
  readonly branch: string;
}

/** Where logs live: a branch of a repository, or a working tree. */
export interface LogStore {
  /** Names of the folders of the experiments directory that hold a log or a session.yml, sorted. */
  sessions(): Promise<readonly string[]>;
  /**
   * A session's files as they stand now; no files when the folder is absent.
   *
   * @param names the files that are wanted, others may be left out; absent: every file
   */
  read(session: string, names?: readonly string[]): Promise<SessionFiles>;
  /**
   * The files as an edit would find them now: where an open pull request carries the log, those of its branch. Of session.yml,
   * the log and the ledger, and of further files that were asked for by `read` before. Nothing is written.
   */
  readNewest(session: string, options?: Freshness): Promise<SessionFiles>;
  /**
   * Applies an edit to the newest files and makes the result durable, or leaves everything as it was. The edit sees
   * session.yml, the log and the ledger, and further files that were asked for by `read` before.
   */
  update<T>(session: string, edit: Edit<T>, options?: Freshness): Promise<Update<T>>;
}

/** How new the newest files must be. */
export interface Freshness {
  /**
   * Looks at the branch anew, before an edit is applied for the first time. Without it that is the branch as the run knows it,
   * and only a commit finds out that it has moved: enough for whoever writes what is missing, too little for whoever refuses
   * or starts something because of what is not there.
   */
  readonly isFresh?: boolean;
}
