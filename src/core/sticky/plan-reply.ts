import type { CommentPlan, PlannedComment } from "./plan.ts";
import { parseReplyMarker, renderReplyMarker } from "./reply-marker.ts";

export interface ReplyPlanInput {
  /** Every comment of the thread, oldest first. */
  readonly comments: readonly PlannedComment[];
  /** What is answered: a comment's id, or `issue-<number>`. */
  readonly commentId: string;
  /** The reply, without the marker. */
  readonly body: string;
  /** This run has written its reply already: one of another run at the same time is as good. */
  readonly isWritten?: boolean;
}

/**
 * Decides about the one reply to a comment: the oldest of ours is kept and brought up to date, others of ours go. A
 * marker pasted by somebody else is not ours.
 */
export function planReply(input: ReplyPlanInput): CommentPlan {
  const { commentId, comments } = input;
  const body = `${renderReplyMarker(commentId)}\n${input.body}`;
  const [oldest, ...others] = comments.filter(
    (comment) => comment.isOurs && parseReplyMarker(comment.body) === commentId,
  );
  if (oldest === undefined) return { kind: "create", body };
  const present = { id: oldest.id, remove: others.map(({ id }) => id) };
  const stands = input.isWritten === true || normalise(oldest.body) === normalise(body);
  return stands ? { kind: "unchanged", ...present } : { kind: "update", body, ...present };
}

/** What GitHub may change in storing a text. */
function normalise(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}
