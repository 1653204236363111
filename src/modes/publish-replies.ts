import { planReply } from "../core/sticky/plan-reply.ts";
import type { Comments } from "../ports/comments.ts";
import type { OneComment, PublishedComment } from "./one-comment.ts";
import { publishComments } from "./publish-comment.ts";

export interface ReplyRequest {
  /** Issue or pull request. */
  readonly issue: number;
  /** What is answered: a comment's id, or `issue-<number>`. */
  readonly commentId: string;
  /** The reply's markdown, without the marker. */
  readonly body: string;
  readonly isDryRun: boolean;
}

/** Brings the one reply to each comment up to date. What cannot be written is `skipped` with its reason. */
export function publishReplies(
  comments: Comments,
  requests: readonly ReplyRequest[],
): Promise<readonly PublishedComment[]> {
  return publishComments(comments, requests.map(toOneComment));
}

function toOneComment({ issue, commentId, body, isDryRun }: ReplyRequest): OneComment {
  const answered = Number(commentId);
  return {
    issue,
    ...(Number.isNaN(answered) ? {} : { behind: answered }),
    isDryRun,
    plan: (present, isWritten) => planReply({ comments: present, commentId, body, isWritten }),
    render: (plan) => plan.body,
  };
}
