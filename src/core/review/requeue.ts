import { isFinished } from "../log/is-finished.ts";
import type { LogChange } from "./log-change.ts";

/** A job that waits, or was taken out of the queue while it waited, has no start. */
const WITHOUT_START: ReadonlySet<string> = new Set(["queued", "cancelled"]);

/**
 * Whether what a row says explains its change by a requeue of the same job, as a sync writes it: the row has a job,
 * and a start after the experiment had ended. A job that waits again has no times of the attempt before, and a change
 * that took none away proves nothing.
 */
export function isRequeue(
  { base, head }: Pick<LogChange, "base" | "head">,
  rows: { readonly baseRow: number; readonly row: number },
): boolean {
  const { baseRow, row } = rows;
  if (!hasSameJob({ base, head }, rows) || base.holds(baseRow, "status", "superseded"))
    return false;
  const since = isFinished(base, baseRow)
    ? endOf(base, baseRow)
    : base.instant(baseRow, "started_at");
  const started = head.instant(row, "started_at");
  if (started !== undefined) return since !== undefined && isLater(started, since);
  const ended = head.instant(row, "ended_at");
  return (
    WITHOUT_START.has(head.cell(row, "status")) &&
    (ended === undefined || (since !== undefined && isLater(ended, since))) &&
    !(base.isEmpty(baseRow, "started_at") && base.isEmpty(baseRow, "ended_at"))
  );
}

/** How far the new run is that a row shows: it waits or runs, or has ended. */
export type Rerun = "running" | "ended";

/**
 * The new run by which a requeue replaces a finished experiment's result. One that has ended did so after the
 * experiment had; only a job that was taken out of the queue leaves no end, and then no result.
 */
export function showsRerun(
  { base, head }: Pick<LogChange, "base" | "head">,
  rows: { readonly baseRow: number; readonly row: number },
): Rerun | undefined {
  const { baseRow, row } = rows;
  if (!isRequeue({ base, head }, rows)) return undefined;
  if (!isFinished(head, row)) return "running";
  const ended = head.instant(row, "ended_at");
  const since = endOf(base, baseRow);
  if (ended !== undefined) return isLater(ended, since as number) ? "ended" : undefined;
  return head.isEmpty(row, "objective_value") ? "ended" : undefined;
}

function endOf(base: LogChange["base"], row: number): number | undefined {
  return base.instant(row, "ended_at") ?? base.instant(row, "updated_at");
}

/** A sync may give the job's id to a row that had none. */
function hasSameJob(
  { base, head }: Pick<LogChange, "base" | "head">,
  { baseRow, row }: { readonly baseRow: number; readonly row: number },
): boolean {
  const jobId = head.cell(row, "queue_job_id");
  return (
    jobId !== "" &&
    (base.isEmpty(baseRow, "queue_job_id") || base.holds(baseRow, "queue_job_id", jobId))
  );
}

/** The log keeps whole seconds. */
function isLater(one: number, other: number): boolean {
  return Math.floor(one) > Math.floor(other);
}
