import { FINISHED, type Status } from "../log/columns.ts";
import type { LogDraft } from "../log/draft.ts";
import type { EpochSeconds, Observation } from "../queue/observation.ts";
import { parseInstant } from "../text/time.ts";

/** Finds the row of a job, or makes one. */
export interface Matcher {
  /** The row of a job as the log stands; `undefined` when the job would get a new one. */
  find(observation: Observation): number | undefined;
  /** The row of a job; a new one is appended to the draft when there is none. */
  findOrAppend(observation: Observation): { readonly row: number; readonly isNew: boolean };
}

/**
 * Matches jobs to rows by spec/01 "Which row is this job": by `queue_job_id`, then by `experiment_id`
 * equal to the job id, else a new row. With a source only rows of that source match.
 */
export function createMatcher(draft: LogDraft, source: string | undefined): Matcher {
  const rows = indexJobs(draft, source);
  const idOf = (jobId: string) => (source === undefined ? jobId : `${source}/${jobId}`);
  const find = (observation: Observation) => {
    const row = rows.get(observation.jobId) ?? rowWithoutJob(draft, idOf(observation.jobId));
    return row === undefined || isReusedId(draft, row, observation) ? undefined : row;
  };
  return {
    find,
    findOrAppend: (observation) => {
      const known = find(observation);
      if (known !== undefined) return { row: known, isNew: false };
      const row = draft.append(unusedId(draft, idOf(observation.jobId)));
      rows.set(observation.jobId, row);
      return { row, isNew: true };
    },
  };
}

/** Job id → the newest row that carries it, among the rows that belong to the source. */
function indexJobs(draft: LogDraft, source: string | undefined): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < draft.rowCount; row += 1) {
    const jobId = draft.cell(row, "queue_job_id");
    if (jobId === "") continue;
    const experimentId = draft.cell(row, "experiment_id");
    if (experimentId === jobId) {
      if (source === undefined) rows.set(jobId, row);
      else if (jobId.startsWith(`${source}/`)) rows.set(jobId.slice(source.length + 1), row);
    } else if (sourceOf(experimentId, jobId) === source) {
      rows.set(jobId, row);
    } else if (source !== undefined && jobId.startsWith(`${source}/`)) {
      rows.set(jobId.slice(source.length + 1), row);
    }
  }
  return rows;
}

/** The source a row was made for: what stands before `/<job id>` in its experiment id. */
export function sourceOf(experimentId: string, jobId: string): string | undefined {
  const id = experimentId.replace(/~\d+$/, "");
  return id.endsWith(`/${jobId}`) ? id.slice(0, -jobId.length - 1) : undefined;
}

function rowWithoutJob(draft: LogDraft, experimentId: string): number | undefined {
  const row = draft.rowOf(experimentId);
  return row !== undefined && draft.isEmpty(row, "queue_job_id") ? row : undefined;
}

/** The queue began to count anew: the row is finished and the job was enqueued after it ended. */
function isReusedId(draft: LogDraft, row: number, observation: Observation): boolean {
  const { submittedAt, restarts } = observation;
  if (submittedAt === undefined || restarts > 0) return false;
  if (!FINISHED.has(draft.cell(row, "status") as Status)) return false;
  return isAfter(submittedAt, draft.cell(row, "ended_at"));
}

/** Compares in whole seconds, as the log keeps them. */
export function isAfter(instant: EpochSeconds, timestamp: string): boolean {
  const seconds = timestamp === "" ? undefined : parseInstant(timestamp);
  return seconds !== undefined && Math.floor(instant) > Math.floor(seconds);
}

function unusedId(draft: LogDraft, wanted: string): string {
  if (draft.rowOf(wanted) === undefined) return wanted;
  let count = 2;
  while (draft.rowOf(`${wanted}~${count}`) !== undefined) count += 1;
  return `${wanted}~${count}`;
}
