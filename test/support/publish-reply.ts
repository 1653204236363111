import type { PublishedComment } from "../../src/modes/one-comment.ts";
import { publishReplies, type ReplyRequest } from "../../src/modes/publish-replies.ts";
import type { Comments } from "../../src/ports/comments.ts";

/** Publishes one reply. */
export async function publishReply(
  comments: Comments,
  request: ReplyRequest,
): Promise<PublishedComment> {
  const [published] = await publishReplies(comments, [request]);
  return published as PublishedComment;
}
