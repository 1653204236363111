import type { CommentPlan } from "../core/sticky/plan.ts";
import type { Comments, ThreadComment, Unwritable } from "../ports/comments.ts";

/** What became of a comment of ours. */
export type PublishedComment =
  | StandingComment
  /** dry-run: what would have been done. */
  | { readonly kind: "planned"; readonly action: CommentPlan["kind"] }
  | { readonly kind: "skipped"; readonly reason: SkipReason; readonly detail: string };

/** A comment of ours that is there. */
export interface StandingComment {
  readonly kind: "created" | "updated" | "unchanged";
  readonly id: number;
  readonly url: string;
}

export type SkipReason =
  | Unwritable
  | "newer-report"
  | "no-issue"
  /** The commands of a comment change nothing that a report shows. */
  | "not-asked"
  | "unclear"
  | "unreachable";

/** A comment of which a thread holds one. */
export interface OneComment {
  /** Issue or pull request. */
  readonly issue: number;
  /** A comment that is older than any of this kind can be; default: there is none. */
  readonly behind?: number;
  readonly isDryRun: boolean;
  /** Decides by the thread as it is now; `isWritten`: this run has written the comment before. */
  readonly plan: (present: readonly ThreadComment[], isWritten: boolean) => CommentPlan;
  /** The whole comment, for a plan that writes. */
  readonly render: (plan: Writing) => string;
}

type Writing = Extract<CommentPlan, { kind: "create" | "update" }>;

/** A comment that this run wrote; `own` is what GitHub answered, where it did. */
export interface Written {
  readonly kind: "written";
  readonly published: StandingComment;
  readonly own: ThreadComment | undefined;
}

/** How often an unclear answer or a comment deleted meanwhile is looked at again. */
export const ATTEMPTS = 3;

/** A comment as it is told of. */
export function standing(
  kind: StandingComment["kind"],
  id: number,
  present: readonly ThreadComment[],
): StandingComment {
  return { kind, id, url: present.find((comment) => comment.id === id)?.url ?? "" };
}

/** Duplicates that stay are found again by the next run, so what becomes of a removal does not matter here. */
export async function removeAll(comments: Comments, ids: readonly number[]): Promise<void> {
  for (const id of ids) await comments.remove(id);
}
