import type { Reaction } from "./reactions.ts";

/** A comment that may hold commands. */
export interface PostedComment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly isEdited: boolean;
  readonly author: PostedAuthor;
  /** Written by the identity this run acts as. */
  readonly isOurs: boolean;
  /** Reactions of the identity this run acts as. */
  readonly ownReactions: ReadonlySet<Reaction>;
}

export interface PostedAuthor {
  /** As pages show it: an app's is `name[bot]`. */
  readonly login: string;
  readonly id: string;
  readonly isBot: boolean;
}

/** The comments of a thread as the catch-up scan needs them. */
export interface PostedComments {
  /** Comments of an issue or pull request created at or after an instant (ISO 8601), oldest first; empty where there is no such thread. */
  readSince(issue: number, since: string): Promise<readonly PostedComment[]>;
}
