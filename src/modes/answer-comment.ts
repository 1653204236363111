import type { ReplyInput } from "../core/report/reply/reply.ts";
import type { Comments } from "../ports/comments.ts";
import type { Reaction, Reactions } from "../ports/reactions.ts";
import type { Reporter } from "../ports/reporter.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishReply } from "./publish-reply.ts";
import type { IncomingComment } from "./read-comment.ts";

/** How a run tells the author of a comment what became of it. */
export interface AnswerPorts {
  readonly comments: Comments;
  readonly reactions: Reactions;
  readonly reporter: Pick<Reporter, "info" | "warning">;
  /** Takes the run's own secrets out of what is posted. */
  readonly redact: (text: string) => string;
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

/** Posts the one reply to a comment, or brings it up to date; what cannot be posted is a warning, for the log is saved. */
export async function reply(
  ports: AnswerPorts,
  comment: Pick<IncomingComment, "id" | "issue">,
  input: ReplyInput,
): Promise<PublishedComment> {
  const { renderReply } = await import("../core/report/reply/render-reply.ts");
  const body = ports.redact(renderReply(input));
  const { isDryRun } = ports;
  if (isDryRun) ports.reporter.info(`Would reply:\n${body}`);
  const request = { issue: comment.issue, commentId: comment.id, body, isDryRun };
  const published = await publishReply(ports.comments, request);
  if (published.kind === "skipped") {
    ports.reporter.warning(`The reply to the comment was not posted: ${published.detail}`);
  }
  return published;
}

/**
 * Whether a reply stands, or never will: its conversation is locked or full. Otherwise no reaction may say that the comment
 * is done with, so that another run answers it.
 */
export function isSettled(published: PublishedComment): boolean {
  if (published.kind !== "skipped") return true;
  return published.reason !== "unreachable" && published.reason !== "unclear";
}
