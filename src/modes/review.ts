import type { Review } from "../core/review/review.ts";
import type { ReviewedSession } from "../core/review/review-session.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { Comments } from "../ports/comments.ts";
import type { PullRequestChanges, ReviewedPullRequest } from "../ports/pull-request-changes.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishReview } from "./publish-review.ts";

export interface ReviewPorts {
  readonly changes: PullRequestChanges;
  readonly comments: Comments;
  readonly clock: Pick<Clock, "now">;
  readonly sha256: Sha256;
  /** Takes the run's own secrets out of what is posted. */
  readonly redact: Redactor;
  /** Takes out as well what a session's settings name. */
  readonly createRedactor: (settings: SessionSettings) => Redactor;
}

export interface ReviewRequest {
  readonly pull: ReviewedPullRequest;
  /** Input `session`; without it every session that the pull request changes. */
  readonly session?: string;
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's id of the repository: by it lines of the ledger are found that no command has written. */
  readonly repositoryId?: string;
  /** Address of a line of a file in the pull request's head. */
  readonly linkTo: (path: string, line: number | undefined) => string;
  readonly isDryRun: boolean;
}

/** What a review found, and where it was told. */
export interface ReviewedChange {
  readonly pull: ReviewedPullRequest;
  /** By session, sorted by name. */
  readonly reviews: readonly Review[];
  /** What is posted, as markdown. */
  readonly markdown: string;
  readonly comment: PublishedComment;
}

/** Reviews what a pull request changes in sessions: files are read as data, the rules are those of the base. */
export async function review(ports: ReviewPorts, request: ReviewRequest): Promise<ReviewedChange> {
  const { pull, session } = request;
  const all = await ports.changes.readChanges(pull);
  const changes = session === undefined ? all : all.filter((change) => change.session === session);
  const { reviewSession } = await import("../core/review/review-session.ts");
  const now = ports.clock.now();
  const known = present({ repositoryId: request.repositoryId });
  const reviewed = changes.map((change) =>
    reviewSession({ ...change, now, sha256: ports.sha256, ...known }),
  );
  const markdown = ports.redact(await render(reviewed, { ...ports, ...request }));
  const comment = await publishReview(ports, {
    ...request,
    markdown,
    isEmpty: changes.length === 0,
  });
  return { pull, reviews: reviewed.map(({ review }) => review), markdown, comment };
}

async function render(
  reviewed: readonly ReviewedSession[],
  work: Pick<ReviewRequest, "linkTo"> & Pick<ReviewPorts, "redact" | "createRedactor">,
): Promise<string> {
  const { renderReview } = await import("../core/report/review/render-review.ts");
  const { linkTo, createRedactor } = work;
  const reviews = reviewed.map(({ review, logs, settings }) => ({
    session: review.session,
    review,
    base: logs?.base,
    head: logs?.head,
    settings,
    redact: createRedactor(settings),
    linkTo,
  }));
  return renderReview({ reviews, redact: work.redact });
}
