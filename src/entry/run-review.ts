import { InputError, RefusedError } from "../core/errors.ts";
import type { Finding } from "../core/review/review.ts";
import { present } from "../core/text/present.ts";
import type { PublishedComment } from "../modes/one-comment.ts";
import { buildEmptyOutputs } from "../modes/outputs.ts";
import { type ReviewedChange, review } from "../modes/review.ts";
import { buildReviewOutputs } from "../modes/review-outputs.ts";
import type { ReviewedPullRequest } from "../ports/pull-request-changes.ts";
import type { ActionRun } from "./action-run.ts";
import { fileUrl } from "./links-to.ts";
import { type ActionPorts, createActionPorts, repositoryIdOf } from "./wire.ts";

/** Annotations of one level that a step may have; the rest stands in the summary. https://docs.github.com/actions/reference/limits */
const MOST_ANNOTATIONS = 10;

/** Reviews the event's pull request and says what it found: annotations, summary, comment, outputs, outcome. */
export async function runReview(run: ActionRun): Promise<void> {
  const ports = await createActionPorts(run, undefined);
  try {
    const pull = await selectPullRequest(run, ports);
    if (pull === undefined) return endIgnored(run, ports);
    const reviewed = await review(
      { ...ports, sha256: ports.announcement.sha256 },
      {
        pull,
        repository: ports.announcement.repository,
        linkTo: (path, line) => fileUrl(run, pull.headSha, { path, line }),
        isDryRun: run.config.dryRun,
        ...present({
          session: run.config.session,
          repositoryId: repositoryIdOf(run),
        }),
      },
    );
    await tell(run, ports, reviewed);
  } finally {
    await ports.close();
  }
}

async function selectPullRequest(
  { event }: ActionRun,
  { reviewed }: Pick<ActionPorts, "reviewed">,
): Promise<ReviewedPullRequest | undefined> {
  if (event.kind === "workflow-run") return await reviewed.findByHead(event.headSha);
  const { issue, baseSha, headSha } = event.kind === "pull-request" ? event : NOTHING;
  if (issue !== undefined && baseSha !== undefined && headSha !== undefined) {
    return { number: issue, baseSha, headSha };
  }
  throw new InputError(`The event ${event.name} names no pull request with its two commits.`);
}

const NOTHING: { readonly issue?: number; readonly baseSha?: string; readonly headSha?: string } =
  {};

function endIgnored({ reporter }: ActionRun, { redact }: Pick<ActionPorts, "redact">): void {
  const sentence = "Nothing to do: no open pull request has the commit that the workflow ran for.";
  reporter.info(sentence);
  reporter.outputs(buildEmptyOutputs("ignored", sentence, redact));
}

async function tell(
  { reporter }: ActionRun,
  { redact }: Pick<ActionPorts, "redact">,
  reviewed: ReviewedChange,
): Promise<void> {
  const findings = reviewed.reviews.flatMap((found) => found.findings);
  reporter.outputs(buildReviewOutputs(reviewed, redact));
  annotate(reporter, findings);
  warnUnposted(reporter, reviewed.comment);
  await reporter.summary(reviewed.markdown);
  const errors = findings.filter(({ level }) => level === "error").length;
  if (errors > 0) reporter.fail(objection(errors));
}

/** The worst come first, so what is left out is told where it can be read. */
function annotate(reporter: ActionRun["reporter"], findings: readonly Finding[]): void {
  for (const level of ["error", "warning"] as const) {
    const found = findings.filter((finding) => finding.level === level);
    for (const finding of found.slice(0, MOST_ANNOTATIONS)) reporter.annotate(finding);
    const more = found.length - MOST_ANNOTATIONS;
    if (more > 0) reporter.info(`${more} more ${level}s stand in the job summary.`);
  }
}

function warnUnposted(reporter: ActionRun["reporter"], comment: PublishedComment): void {
  if (comment.kind !== "skipped" || comment.reason === "not-asked") return;
  reporter.warning(`The review stands in the job summary, it was not posted: ${comment.detail}`);
}

function objection(errors: number): RefusedError {
  const count = errors === 1 ? "1 error" : `${errors} errors`;
  return new RefusedError(`The pull request changes the record in a way it must not: ${count}.`, {
    remedy:
      "Each is shown at its line and in the job summary; docs/reviewing.md says what each means.",
  });
}
