import type { OutputName } from "../core/config/inputs.ts";
import { describeFinding } from "../core/report/review/describe-finding.ts";
import type { Redactor } from "../core/text/redact.ts";
import { commentOutputs, renderResult } from "./outputs.ts";
import type { ReviewedChange } from "./review.ts";

/** The outputs of a review: `rejected` when at least one finding is an error. */
export function buildReviewOutputs(
  { pull, reviews, comment }: ReviewedChange,
  redact: Redactor,
): Partial<Record<OutputName, string>> {
  const findings = reviews.flatMap((review) => review.findings);
  const decision = findings.some(({ level }) => level === "error") ? "rejected" : "reviewed";
  const sessions = reviews.map((review) => ({
    session: review.session,
    findings: review.findings.map(describeFinding),
    added: review.diff?.added.length ?? null,
    changed: review.diff?.changed.length ?? null,
    removed: review.diff?.removed.length ?? null,
  }));
  return {
    changed: "false",
    "should-stop": "false",
    launched: "[]",
    "pull-request": String(pull.number),
    ...commentOutputs(comment),
    decision,
    result: renderResult({ mode: "review", decision, pull_request: pull.number, sessions }, redact),
  };
}
