import { quoteUntrusted } from "../../text/safe-log.ts";
import type { CommandNote } from "../outcome.ts";
import { type Bench, launchOf } from "./bench.ts";
import { sentence } from "./verdict.ts";

/** Recording that an experiment has ended stops no job. Asked before the row is changed. */
export function noteJob(bench: Bench, row: number): readonly CommandNote[] {
  const { draft } = bench;
  const experimentId = draft.cell(row, "experiment_id");
  const launch = launchOf(bench, experimentId);
  const isWaitingOrRunning =
    draft.holds(row, "status", "queued") || draft.holds(row, "status", "running");
  const recorded = draft.cell(row, "queue_job_id");
  const launched = launch.kind === "launched" ? launch.jobId : "";
  const jobId = isWaitingOrRunning || launched !== "" ? recorded || launched : "";
  if (jobId !== "") return [{ kind: "job-may-run", experimentId, jobId }];
  if (launch.kind !== "launching" && launch.kind !== "unknown") return [];
  return [
    sentence(
      `Whether a job of ${quoteUntrusted(experimentId)} was started is not known; look into the queue.`,
    ),
  ];
}
