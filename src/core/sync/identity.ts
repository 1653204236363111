import type { LogDraft } from "../log/draft.ts";
import { isFinished } from "../log/is-finished.ts";
import type { EpochSeconds, Observation } from "../queue/observation.ts";

/** Finds the row of a job, or makes one. */
export interface Matcher {
  /** The row of a job as the log stands; `undefined` when the job would get a new one. */
  find(observation: Observation): number | undefined;
  /** The row of a job; a new one is appended to the draft when there is none. */
  findOrAppend(observation: Observation): { readonly row: number; readonly isNew: boolean };
}

/**
 * Matches jobs to rows by docs/log.md, "Which row is this job": by `queue_job_id`, then by `experiment_id`
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
    const jobId = jobOf(draft, row, source);
    if (jobId !== undefined) rows.set(jobId, row);
  }
  return rows;
}

/**
 * The id of a row's job in the queue of that source; `undefined` when it has none there. A person may write
 * the source before the id in `queue_job_id`.
 */
export function jobOf(
  draft: LogDraft,
  row: number,
  source: string | undefined,
): string | undefined {
  const jobId = draft.cell(row, "queue_job_id");
  if (jobId === "") return undefined;
  if (sourceOf(draft.cell(row, "experiment_id"), jobId) === source) return jobId;
  const isPrefixed = source !== undefined && jobId.startsWith(`${source}/`);
  return isPrefixed ? jobId.slice(source.length + 1) : undefined;
}

/** The source a row was made for: what stands before `/<job id>` in its experiment id. */
function sourceOf(experimentId: string, jobId: string): string | undefined {
  if (experimentId === jobId || !experimentId.includes("/")) return undefined;
  const made = [experimentId, experimentId.replace(/~\d+$/, "")];
  return made.find((id) => id.endsWith(`/${jobId}`))?.slice(0, -jobId.length - 1);
}

function rowWithoutJob(draft: LogDraft, experimentId: string): number | undefined {
  const row = draft.rowOf(experimentId);
  return row !== undefined && draft.isEmpty(row, "queue_job_id") ? row : undefined;
}

/** The queue began to count anew: the row is finished and the job was enqueued after it ended. */
function isReusedId(draft: LogDraft, row: number, observation: Observation): boolean {
  const { submittedAt, restarts } = observation;
  if (submittedAt === undefined || restarts > 0 || isRecorded(draft, row, observation))
    return false;
  const isLater = isAfter(submittedAt, endOf(draft, row));
  return isLater && isFinished(draft, row);
}

/** The same job again: started after the row ended, or waiting again with a restart or a newer submission. */
export function isRequeued(draft: LogDraft, row: number, observation: Observation): boolean {
  const { submittedAt, startedAt, restarts } = observation;
  if (isFinished(draft, row)) {
    if (isRecorded(draft, row, observation)) return false;
    const endedAt = endOf(draft, row);
    if (startedAt !== undefined) return isAfter(startedAt, endedAt);
    return restarts > 0 && submittedAt !== undefined && isAfter(submittedAt, endedAt);
  }
  if (restarts > 0) return true;
  return submittedAt !== undefined && isAfter(submittedAt, draft.instant(row, "started_at"));
}

/**
 * When a finished row ended, at the latest: whoever settles a row by hand gives no end, but it had ended when
 * the row was last changed.
 */
function endOf(draft: LogDraft, row: number): EpochSeconds | undefined {
  return draft.instant(row, "ended_at") ?? draft.instant(row, "updated_at");
}

/**
 * The row ended when the job did, or began when it did where no end is known, so it is about the same attempt
 * whatever the other times say: a clock that was set back between two of them would otherwise make a new
 * experiment of it at every sync.
 */
function isRecorded(draft: LogDraft, row: number, { startedAt, endedAt }: Observation): boolean {
  const recorded = draft.instant(row, "ended_at");
  if (recorded === undefined) return isSame(startedAt, draft.instant(row, "started_at"));
  return isSame(endedAt, recorded);
}

/** Compares in whole seconds, as the log keeps them; an absent time is like none. */
function isSame(instant: EpochSeconds | undefined, recorded: EpochSeconds | undefined): boolean {
  if (instant === undefined || recorded === undefined) return false;
  return Math.floor(instant) === Math.floor(recorded);
}

/** Compares in whole seconds, as the log keeps them; nothing is after an absent time. */
function isAfter(instant: EpochSeconds, recorded: EpochSeconds | undefined): boolean {
  return recorded !== undefined && Math.floor(instant) > Math.floor(recorded);
}

function unusedId(draft: LogDraft, wanted: string): string {
  if (draft.rowOf(wanted) === undefined) return wanted;
  let count = 2;
  while (draft.rowOf(`${wanted}~${count}`) !== undefined) count += 1;
  return `${wanted}~${count}`;
}
