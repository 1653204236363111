import { quoteUntrusted } from "../text/safe-log.ts";
import type { FoundJob, LikelyJob } from "./find-job.ts";

/** How a launch ended, as the ledger records it. Reasons are sentences. */
export type LaunchEnding =
  | { readonly kind: "launched"; readonly jobId: string }
  /** No job came of it. */
  | { readonly kind: "failed"; readonly reason: string }
  /** Whether a job came of it could not be found out. */
  | { readonly kind: "unknown"; readonly reason: string };

/** What became of the program, as the port tells it. */
export type Attempt =
  | { readonly kind: "ended" }
  | { readonly kind: "not-started" | "failed" | "unclear"; readonly reason: string };

/**
 * Judges an attempt by what the queue lists after it; `undefined` where the queue could not be asked, or gave an
 * answer from before the attempt. Only a queue that lists nothing new makes a failed program a failed launch; what is new
 * is then taken for its job only where it says so itself, since a program that fails mostly submits none.
 */
export function judgeAttempt(attempt: Attempt, found: LikelyJob | undefined): LaunchEnding {
  if (attempt.kind === "not-started") return { kind: "failed", reason: attempt.reason };
  if (found?.kind === "found") return { kind: "launched", jobId: found.jobId };
  if (attempt.kind !== "failed" && found?.kind === "guessed") {
    return { kind: "launched", jobId: found.jobId };
  }
  if (attempt.kind === "failed" && found?.kind === "none") {
    return { kind: "failed", reason: attempt.reason };
  }
  const said =
    attempt.kind === "ended"
      ? "The launch command ended well, but its output names no job."
      : attempt.reason;
  return { kind: "unknown", reason: `${said} ${describeFound(found)}` };
}

/** Judges a launch whose run is gone, by what the queue lists now. */
export function judgeAbandoned(found: FoundJob, operationId: string): LaunchEnding {
  if (found.kind === "found") return { kind: "launched", jobId: found.jobId };
  return {
    kind: "unknown",
    reason: `The run that was launching it ended before it could say what came of it, and ${
      found.kind === "none" ? "no job" : "more than one job"
    } of the queue carries the operation id ${quoteUntrusted(operationId)}.`,
  };
}

function describeFound(found: LikelyJob | undefined): string {
  if (found === undefined) return "The queue could not be asked for new jobs.";
  if (found.kind === "guessed") {
    return `The queue lists the new job ${quoteUntrusted(found.jobId)}, which does not carry the operation id and may be somebody else's.`;
  }
  if (found.kind !== "several") return "The queue lists no new job.";
  const ids = found.jobIds.map((id) => quoteUntrusted(id)).join(", ");
  return `The queue lists several new jobs: ${ids}.`;
}
