import { RemoteError } from "../core/errors.ts";
import { type CommentPlan, planComment } from "../core/sticky/plan.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import { parseInstant } from "../core/text/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Comments, ThreadComment } from "../ports/comments.ts";
import type { ReviewedPullRequest } from "../ports/pull-request-changes.ts";
import type { PublishedComment } from "./one-comment.ts";
import { publishComment } from "./publish-comment.ts";

export interface PublishReviewRequest {
  readonly pull: ReviewedPullRequest;
  readonly repository: string;
  readonly markdown: string;
  /** The pull request changes no session: nothing is posted, but what stands there is brought up to date. */
  readonly isEmpty: boolean;
  readonly isDryRun: boolean;
}

/** Brings the one comment that carries a pull request's review up to date; what cannot be written is `skipped`. */
export async function publishReview(
  ports: {
    readonly comments: Comments;
    readonly clock: Pick<Clock, "now">;
    readonly sha256: Sha256;
  },
  request: PublishReviewRequest,
): Promise<PublishedComment> {
  const { pull, markdown, isDryRun } = request;
  const key = reviewKey(request, ports.sha256);
  const desired = {
    rev: pull.headSha,
    seq: Math.floor(parseInstant(ports.clock.now()) ?? 0),
    hash: ports.sha256(markdown),
    body: "",
  };
  try {
    if (request.isEmpty && !(await isThere(ports.comments, pull.number, key))) return NOTHING;
    return await publishComment(ports.comments, {
      issue: pull.number,
      isDryRun,
      plan: (present, isWritten) => planComment({ comments: present, key, desired, isWritten }),
      render: (plan) => plan.body + markdown,
    });
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { kind: "skipped", reason: "unreachable", detail: error.message };
  }
}

const NOTHING: PublishedComment = {
  kind: "skipped",
  reason: "not-asked",
  detail: "the pull request changes no session",
};

/** A session's name has no comment of its own here: one comment has them all. */
function reviewKey(
  { repository, pull }: Pick<PublishReviewRequest, "repository" | "pull">,
  sha256: Sha256,
): string {
  return `review.${sha256(`${repository.toLowerCase()}\n#${pull.number}`).slice(0, 16)}`;
}

async function isThere(comments: Comments, issue: number, key: string): Promise<boolean> {
  const thread = await comments.readThread(issue);
  const present: readonly ThreadComment[] = thread?.comments ?? [];
  const desired = { rev: "0".repeat(40), seq: 0, hash: "0".repeat(64), body: "" };
  const plan: CommentPlan = planComment({ comments: present, key, desired });
  return plan.kind !== "create";
}
