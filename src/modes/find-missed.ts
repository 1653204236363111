import { mayHoldCommand } from "../core/command/may-hold-command.ts";
import { isMarked } from "../core/sticky/is-marked.ts";
import { parseReplyMarker } from "../core/sticky/reply-marker.ts";
import { formatInstant, parseInstant } from "../core/text/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { PostedComment, PostedComments } from "../ports/posted-comments.ts";
import type { Reaction } from "../ports/reactions.ts";
import type { IncomingComment } from "./read-comment.ts";

/** Commands are caught up for so long. */
const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/**
 * Comments of an issue that look like commands and were never processed: runs are cancelled, dropped or fail. A comment is
 * processed when there is our reply to it, or when our reaction says what became of it. One that the ledger has and that was
 * not answered was taken by a run that ended too early: nothing of it is applied again, but its author hears of it.
 *
 * The run may act as a person, by that person's token: what they write by hand is theirs and not ours, and their reaction
 * to what they wrote themselves says nothing.
 */
export async function findMissed(
  ports: { readonly posted: PostedComments; readonly clock: Pick<Clock, "now"> },
  request: {
    readonly issue: number;
    readonly prefix?: string;
  },
): Promise<readonly IncomingComment[]> {
  const now = parseInstant(ports.clock.now()) ?? 0;
  const comments = await ports.posted.readSince(
    request.issue,
    formatInstant(now - LONGEST_SECONDS),
  );
  const replied = new Set(
    comments.flatMap(({ isOurs, body }) => (isOurs ? (parseReplyMarker(body) ?? []) : [])),
  );
  const isProcessed = ({ id, ownReactions, isOurs }: PostedComment) =>
    replied.has(String(id)) || (!isOurs && FINAL.some((reaction) => ownReactions.has(reaction)));
  return comments
    .filter((comment) => !isWrittenByRun(comment) && mayHoldCommand(comment.body, request.prefix))
    .filter((comment) => !isProcessed(comment))
    .map((comment) => toIncoming(comment, request.issue));
}

/** Reactions that say what became of a comment. */
const FINAL: readonly Reaction[] = ["-1", "confused", "rocket"];

function isWrittenByRun({ isOurs, author, body }: PostedComment): boolean {
  return isOurs && (author.isBot || isMarked(body));
}

function toIncoming(comment: PostedComment, issue: number): IncomingComment {
  const { id, url, body, author, isEdited } = comment;
  const target = { kind: "comment", id } as const;
  return { id: String(id), kind: "comment", target, issue, url, body, author, isEdited };
}
