import type { LogDraft } from "../log/draft.ts";
import type { QueueReport } from "../queue/observation.ts";
import type { SessionSettings } from "../session/settings.ts";
import { formatInstant, parseInstant } from "../text/time.ts";
import type { StaleRun } from "./change.ts";
import { jobOf } from "./identity.ts";

interface StaleInput {
  readonly draft: LogDraft;
  /** Rows whose job is in the report. */
  readonly seen: ReadonlySet<number>;
  readonly report: QueueReport;
  readonly settings: SessionSettings;
  readonly now: string;
}

/**
 * Running rows of which nothing is known: the job has left the queue for longer than `stale-after`, or the
 * queue's supervisor is dead. Their status stays: absence is never a failure.
 */
export function findStale(input: StaleInput): readonly StaleRun[] {
  const { draft, seen } = input;
  const stale: StaleRun[] = [];
  for (let row = 0; row < draft.rowCount; row += 1) {
    if (draft.cell(row, "status") !== "running") continue;
    const found = seen.has(row) ? unobserved(input, row) : vanished(input, row);
    if (found !== undefined) stale.push(found);
  }
  return stale;
}

function unobserved({ draft, report }: StaleInput, row: number): StaleRun | undefined {
  const since = report.deadObserverSince;
  if (since === undefined) return undefined;
  return {
    experimentId: draft.cell(row, "experiment_id"),
    since: since === "unknown" ? draft.cell(row, "started_at") : formatInstant(since),
    reason: "the queue's observer is not running",
  };
}

function vanished(input: StaleInput, row: number): StaleRun | undefined {
  const { draft, report, settings, now } = input;
  const jobId = jobOf(draft, row, settings.queue.source);
  if (jobId === undefined || report.listed.has(jobId)) return undefined;
  const since = draft.cell(row, "updated_at") || draft.cell(row, "started_at");
  const unseenFor = Number(parseInstant(now)) - Number(parseInstant(since));
  if (!(unseenFor > settings.queue.staleAfterSeconds)) return undefined;
  const experimentId = draft.cell(row, "experiment_id");
  return { experimentId, since, reason: "the job is no longer in the queue" };
}
