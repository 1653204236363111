import { planReply } from "../core/sticky/plan-reply.ts";
import type { Comments } from "../ports/comments.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishComment } from "./publish-comment.ts";

export interface ReplyRequest {
  /** Issue or pull request. */
  readonly issue: number;
  /** What is answered: a comment's id, or `issue-<number>`. */
  readonly commentId: string;
  /** The reply's markdown, without the marker. */
  readonly body: string;
  readonly isDryRun: boolean;
}

/** Brings the one reply to a comment up to date. What cannot be written is `skipped` with its reason. */
export function publishReply(
  comments: Comments,
  { issue, commentId, body, isDryRun }: ReplyRequest,
): Promise<PublishedComment> {
  return publishComment(comments, {
    issue,
    isDryRun,
    plan: (present, isWritten) => planReply({ comments: present, commentId, body, isWritten }),
    render: (plan) => plan.body,
  });
}
