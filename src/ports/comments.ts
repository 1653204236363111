/** A comment of a thread, as far as the sticky comment needs it. */
export interface ThreadComment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  /** Written by the identity this run acts as. */
  readonly isOurs: boolean;
  readonly authorLogin: string | undefined;
}

/** The conversation of an issue or pull request, oldest first. */
export interface Thread {
  readonly number: number;
  readonly kind: "issue" | "pull-request";
  readonly locked: boolean;
  readonly comments: readonly ThreadComment[];
}

/** Why a thread cannot be written. */
export type Unwritable = "locked" | "forbidden" | "comment-cap" | "not-found" | "too-long";

export type CommentWrite =
  | { readonly kind: "written"; readonly comment: ThreadComment }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly reason: Unwritable; readonly detail: string }
  /** No clear answer: look again before repeating. */
  | { readonly kind: "unclear"; readonly detail: string };

/** Comments on issues and pull requests. */
export interface Comments {
  /**
   * The thread with every comment; `undefined` when it does not exist.
   *
   * @param from the id of a comment: only this one and those behind it are needed, which spares a long thread's pages
   */
  readThread(issue: number, from?: number): Promise<Thread | undefined>;
  create(issue: number, body: string): Promise<CommentWrite>;
  update(commentId: number, body: string): Promise<CommentWrite>;
  remove(commentId: number): Promise<CommentWrite | { readonly kind: "removed" }>;
}
