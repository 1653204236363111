import type { LaunchOutcome } from "./launch-outcome.ts";

/** The launches that succeeded as plain JSON; keys in snake_case as all results have them. */
export function describeLaunched(
  outcomes: readonly LaunchOutcome[],
): readonly { readonly experiment_id: string; readonly queue_job_id: string }[] {
  return outcomes.flatMap((outcome) =>
    outcome.kind === "launched"
      ? [{ experiment_id: outcome.experimentId, queue_job_id: outcome.jobId }]
      : [],
  );
}
