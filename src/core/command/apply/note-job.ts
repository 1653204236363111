import type { LogDraft } from "../../log/draft.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import type { CommandNote } from "../outcome.ts";
import { type Bench, launchOf } from "./bench.ts";
import { sentence } from "./verdict.ts";

/** Recording that an experiment has ended stops no job. Asked before the row is changed. */
export function noteJob(bench: Bench, row: number): readonly CommandNote[] {
  const { draft } = bench;
  const isWaitingOrRunning =
    draft.holds(row, "status", "queued") || draft.holds(row, "status", "running");
  return noteJobOf(bench, row, isWaitingOrRunning);
}

/** The same of a row that is cancelled, as it was noted when it became so. */
export function noteJobAgain(bench: Bench, experimentId: string): readonly CommandNote[] {
  const { draft } = bench;
  const row = draft.rowOf(experimentId);
  if (row === undefined || !draft.holds(row, "status", "cancelled")) return [];
  return isGivenAnew(draft, row) ? [] : noteJobOf(bench, row, true);
}

/** A queue that begins to count again gives a job's id to another job, which has a row of its own by then. */
function isGivenAnew(draft: LogDraft, row: number): boolean {
  const jobId = draft.cell(row, "queue_job_id");
  for (let later = row + 1; jobId !== "" && later < draft.rowCount; later += 1) {
    if (draft.cell(later, "queue_job_id") === jobId) return true;
  }
  return false;
}

function noteJobOf(bench: Bench, row: number, hasStarted: boolean): readonly CommandNote[] {
  const { draft } = bench;
  const experimentId = draft.cell(row, "experiment_id");
  const launch = launchOf(bench, experimentId);
  const recorded = draft.cell(row, "queue_job_id");
  const launched = launch.kind === "launched" ? launch.jobId : "";
  const jobId = hasStarted || launched !== "" ? recorded || launched : "";
  if (jobId !== "") return [{ kind: "job-may-run", experimentId, jobId }];
  if (launch.kind !== "launching" && launch.kind !== "unknown") return [];
  return [
    sentence(
      `Whether a job of ${quoteUntrusted(experimentId)} was started is not known; look into the queue.`,
    ),
  ];
}
