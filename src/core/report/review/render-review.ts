import { COMMENT_BUDGET, fits } from "../budget.ts";
import { createSerialiser, type Inline, paragraph, type Serialise, strong } from "../markdown.ts";
import { countFindings } from "./findings.ts";
import type { ReviewComment } from "./review-comment.ts";
import { LEAST_ROOM, ROOMS, type Room } from "./room.ts";
import { isQuiet, type PreparedSession, prepareSession, renderSession } from "./session.ts";

/**
 * The markdown of a review, for the comment of a pull request and the job summary, without the hidden line that
 * marks it. It fits into a comment: what does not is left out in whole rows, with a sentence that counts them.
 */
export function renderReview({ reviews }: ReviewComment): string {
  const serialise = createSerialiser();
  const sessions = reviews.filter((review) => !isQuiet(review)).map(prepareSession);
  const draft = { sessions, serialise, quiet: reviews.length - sessions.length };
  for (const room of ROOMS) {
    const markdown = render(draft, room);
    if (fits(markdown, COMMENT_BUDGET)) return markdown;
  }
  return shorten(draft);
}

/** What a review is rendered from. */
interface Draft {
  readonly sessions: readonly PreparedSession[];
  readonly serialise: Serialise;
  /** Sessions of which there is nothing to say. */
  readonly quiet: number;
}

function render(
  { sessions, serialise, quiet }: Draft,
  room: Room,
  most: number = sessions.length,
): string {
  const shown = sessions.slice(0, most);
  const rest = sessions.length - shown.length;
  const content = [
    paragraph(strong(verdictOf(sessions))),
    ...shown.flatMap((session) => renderSession(session, room)),
    ...(rest > 0 ? [paragraph(`${countSessions(rest)} left out to fit.`)] : []),
    ...(quiet > 0 && sessions.length > 0
      ? [paragraph(`In ${countSessions(quiet, "other ")} nothing of the log changed.`)]
      : []),
  ];
  return `${serialise(content)}\n`;
}

/** Keeps as many sessions as fit, found by halving. */
function shorten(draft: Draft): string {
  let [least, most] = [0, draft.sessions.length];
  while (least < most) {
    const sessions = Math.ceil((least + most) / 2);
    if (fits(render(draft, LEAST_ROOM, sessions), COMMENT_BUDGET)) least = sessions;
    else most = sessions - 1;
  }
  return render(draft, LEAST_ROOM, least);
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
