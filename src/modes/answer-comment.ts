import type { ReplyInput } from "../core/report/reply/reply.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Comments } from "../ports/comments.ts";
import type { Reaction, Reactions } from "../ports/reactions.ts";
import type { Reporter } from "../ports/reporter.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishReplies } from "./publish-replies.ts";
import type { IncomingComment } from "./read-comment.ts";

/** How a run tells the author of a comment what became of it. */
export interface AnswerPorts {
  readonly comments: Comments;
  readonly reactions: Reactions;
  readonly reporter: Pick<Reporter, "info" | "warning">;
  /** Takes the run's own secrets out of what is posted. */
  readonly redact: Redactor;
  readonly isDryRun: boolean;
}

/** Adds a reaction; one that cannot be added is a warning, for it is decoration. */
export async function react(
  ports: AnswerPorts,
  comment: Pick<IncomingComment, "target">,
  reaction: Reaction,
): Promise<void> {
  if (ports.isDryRun) return;
  const problem = await ports.reactions.react(comment.target, reaction);
  if (problem !== undefined) ports.reporter.warning(problem);
}

/** A comment and what is said to its author. */
export interface Answer {
  readonly comment: Pick<IncomingComment, "id" | "issue" | "target">;
  readonly input: ReplyInput;
  /** Says what became of the comment, once the reply stands. */
  readonly reaction: Reaction;
}

/** Posts the one reply to each comment, or brings it up to date; what cannot be posted is a warning, for the log is saved. */
export async function answer(
  ports: AnswerPorts,
  answers: readonly Answer[],
): Promise<readonly PublishedComment[]> {
  if (answers.length === 0) return [];
  const { renderReply } = await import("../core/report/reply/render-reply.ts");
  const { isDryRun } = ports;
  const requests = answers.map(({ comment: { id, issue }, input }) => {
    const body = ports.redact(renderReply(input));
    if (isDryRun) ports.reporter.info(`Would reply:\n${body}`);
    return { issue, commentId: id, body, isDryRun };
  });
  const replies = await publishReplies(ports.comments, requests);
  for (const [at, published] of replies.entries()) {
    const { comment, reaction } = answers[at] as Answer;
    if (published.kind === "skipped") {
      ports.reporter.warning(`The reply to the comment was not posted: ${published.detail}`);
    }
    if (isSettled(published)) await react(ports, comment, reaction);
  }
  return replies;
}

/**
 * Whether a reply stands, or never will: its conversation is locked or full. Otherwise no reaction may say that the comment
 * is done with, so that another run answers it.
 */
function isSettled(published: PublishedComment): boolean {
  if (published.kind !== "skipped") return true;
  return published.reason !== "unreachable" && published.reason !== "unclear";
}
