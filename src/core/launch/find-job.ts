import type { Observation, QueueReport } from "../queue/observation.ts";
import { parseInstant } from "../text/time.ts";

/** Which job of a queue a launch gave, as the jobs themselves say. */
export type FoundJob =
  | { readonly kind: "found"; readonly jobId: string }
  | { readonly kind: "none" }
  | { readonly kind: "several"; readonly jobIds: readonly string[] };

/** Which job a launch seems to have given. */
export type LikelyJob =
  | FoundJob
  /** Nothing but its time speaks for it: somebody else may have submitted it. */
  | { readonly kind: "guessed"; readonly jobId: string };

/** The job that carries an operation id in its command, its folder, its config or its task. */
export function findByOperation(report: QueueReport, operationId: string): FoundJob {
  return one(report.observations.filter((job) => textsOf(job).some(carries(operationId))));
}

/**
 * The job that came into the queue between two readings of its status: not listed before, not of another row, and not
 * submitted before the launch began.
 */
export function findSubmitted(readings: {
  readonly before: QueueReport;
  readonly after: QueueReport;
  /** When the launch began, ISO 8601. */
  readonly since: string;
  readonly isKnown: (jobId: string) => boolean;
}): LikelyJob {
  const { before, after, isKnown } = readings;
  const since = parseInstant(readings.since) ?? 0;
  const found = one(
    after.observations.filter(
      ({ jobId, submittedAt = since }) =>
        !before.listed.has(jobId) && !isKnown(jobId) && submittedAt >= since,
    ),
  );
  return found.kind === "found" ? { ...found, kind: "guessed" } : found;
}

function textsOf({ command, runDir, configPath, taskKey }: Observation): readonly string[] {
  return [command, runDir, configPath, taskKey].filter((text) => text !== undefined);
}

/** An operation id is a word of its own, so that no longer one is taken for it. */
function carries(operationId: string): (text: string) => boolean {
  return (text) => text.split(/[^A-Za-z0-9]+/).includes(operationId);
}

function one(jobs: readonly Observation[]): FoundJob {
  const [first] = jobs;
  if (first === undefined) return { kind: "none" };
  if (jobs.length === 1) return { kind: "found", jobId: first.jobId };
  return { kind: "several", jobIds: jobs.map(({ jobId }) => jobId) };
}
