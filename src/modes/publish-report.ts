import { type CommentPlan, planComment } from "../core/sticky/plan.ts";
import { present } from "../core/text/present.ts";
import type { Comments, ThreadComment } from "../ports/comments.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishComment } from "./publish-comment.ts";

export interface PublishRequest {
  /** Issue or pull request. */
  readonly issue: number;
  readonly key: string;
  /** The commit the report describes, its date in epoch seconds, and the digest of what it says. */
  readonly desired: { readonly rev: string; readonly seq: number; readonly hash: string };
  /** The report's markdown; asked for only when it is going to be written. */
  readonly renderBody: () => string;
  readonly commentAuthor: string | undefined;
  readonly isDryRun: boolean;
}

/**
 * Brings the one comment that carries a session's report up to date. The log is durable by now, so nothing
 * here fails a run: what cannot be written is `skipped` with its reason.
 */
export function publishReport(
  comments: Comments,
  request: PublishRequest,
): Promise<PublishedComment> {
  const { issue, isDryRun } = request;
  return publishComment(comments, {
    issue,
    isDryRun,
    plan: (present, isWritten) => planReport(request, present, isWritten),
    render: (plan) => plan.body + request.renderBody(),
  });
}

function planReport(
  request: PublishRequest,
  comments: readonly ThreadComment[],
  isWritten: boolean,
): CommentPlan {
  const author = present({ commentAuthor: request.commentAuthor });
  const { key, desired } = request;
  return planComment({ comments, key, desired: { ...desired, body: "" }, isWritten, ...author });
}
