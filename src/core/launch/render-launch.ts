import { quoteUntrusted } from "../text/safe-log.ts";
import type { LaunchOutcome } from "./launch-outcome.ts";

/** What became of a launch, as a sentence for a run's log. */
export function renderLaunch(outcome: LaunchOutcome): string {
  const experiment = `Experiment ${quoteUntrusted(outcome.experimentId)}`;
  if (outcome.kind !== "launched") return `${experiment}: ${outcome.kind}. ${outcome.reason}`;
  return `${experiment} was launched as job ${quoteUntrusted(outcome.jobId)}.`;
}
