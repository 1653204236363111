import { countFindings } from "../../review/count-findings.ts";
import { redactReview, redactTable } from "../../review/redact-review.ts";
import { COMMENT_BUDGET, fits } from "../budget.ts";
import { createSerialiser, type Inline, paragraph, type Serialise, strong } from "../markdown.ts";
import type { ReviewComment, ReviewInputForRender } from "./review-comment.ts";
import { LEAST_ROOM, ROOMS, type Room } from "./room.ts";
import { isQuiet, type PreparedSession, prepareSession, renderSession } from "./session.ts";

/**
 * The markdown of a review, for the comment of a pull request and the job summary, without the hidden line that
 * marks it. It fits into a comment: what does not is left out in whole rows, with a sentence that counts them.
 */
export function renderReview({ reviews, redact }: ReviewComment): string {
  const shown = reviews.filter((review) => !isQuiet(review));
  const sessions = shown.map((review) => prepareSession(redactInput(review)));
  const quiet = reviews.length - sessions.length;
  const draft = { sessions, quiet, serialise: createSerialiser(redact) };
  for (const room of ROOMS) {
    const { markdown, rest } = render(draft, room);
    if (rest === 0) return markdown;
  }
  return render(draft, LEAST_ROOM).markdown;
}

/** Before anything is shortened or split into words, which could leave a piece of a secret that is not known for one. */
function redactInput(input: ReviewInputForRender): ReviewInputForRender {
  const { redact, base, head, review } = input;
  return {
    ...input,
    review: redactReview(review, redact),
    base: base && redactTable(base, redact),
    head: head && redactTable(head, redact),
  };
}

/** What a review is rendered from. */
interface Draft {
  readonly sessions: readonly PreparedSession[];
  readonly serialise: Serialise;
  /** Sessions of which there is nothing to say. */
  readonly quiet: number;
}

/** As many sessions as fit, and how many are left out; it stops at the first that does not. */
function render(draft: Draft, room: Room): { readonly markdown: string; readonly rest: number } {
  const { sessions, serialise } = draft;
  let text = serialise([paragraph(strong(verdictOf(sessions)))]);
  let rest = sessions.length;
  for (const session of sessions) {
    const longer = `${text}\n\n${serialise(renderSession(session, room))}`;
    if (!fits(longer + renderEnd(draft, rest - 1), COMMENT_BUDGET)) break;
    text = longer;
    rest -= 1;
  }
  return { markdown: text + renderEnd(draft, rest), rest };
}

/** The sessions that are not shown, counted. */
function renderEnd({ sessions, quiet }: Draft, rest: number): string {
  const end: string[] = [];
  if (rest > 0) end.push(`${countSessions(rest)} left out to fit.`);
  if (quiet > 0 && sessions.length > 0) {
    end.push(`In ${countSessions(quiet, "other ")} nothing of the log changed.`);
  }
  return `${end.map((sentence) => `\n\n${sentence}`).join("")}\n`;
}

function verdictOf(sessions: readonly PreparedSession[]): Inline {
  if (sessions.length === 0) return "Nothing of the log changed.";
  const findings = sessions.flatMap(({ review }) => review.findings);
  const counts = countFindings(findings);
  const place = sessions.length === 1 ? "the log" : `the logs of ${countSessions(sessions.length)}`;
  if (counts === undefined) return `The changes to ${place} are in order.`;
  return `The changes to ${place} have ${counts}.`;
}

function countSessions(count: number, which = ""): string {
  return `${count} ${which}session${count === 1 ? "" : "s"}`;
}
