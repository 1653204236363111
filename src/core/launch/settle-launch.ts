import type { Ledger, LedgerEntry, LedgerOutcome } from "../command/ledger.ts";
import type { Status } from "../log/columns.ts";
import type { LogDraft } from "../log/draft.ts";
import { isFinished } from "../log/is-finished.ts";
import type { Change } from "../sync/change.ts";
import { jobOf } from "../sync/identity.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { parseInstant } from "../text/time.ts";
import { lastLine } from "./claim-launch.ts";
import type { LaunchEnding } from "./judge-launch.ts";

/** The end of a launch that is to be recorded. */
export interface SettleInput {
  /** Edited. */
  readonly draft: LogDraft;
  readonly ledger: Ledger;
  readonly experimentId: string;
  readonly opId: string;
  readonly ending: LaunchEnding;
  /** Another run began it: whatever that one has said of it since then counts. */
  readonly isRecovery: boolean;
  /** `queue.source` of the session. */
  readonly source: string | undefined;
  readonly now: string;
  readonly redact: (text: string) => string;
}

export interface Settled {
  /** How it stands in the ledger. */
  readonly ending: LaunchEnding;
  readonly added: readonly LedgerEntry[];
  readonly changes: readonly Change[];
}

const OUTCOME_OF: Readonly<Record<LaunchEnding["kind"], LedgerOutcome>> = {
  launched: "launched",
  failed: "launch-failed",
  unknown: "launch-unknown",
};

/** Records how a launch ended: in the ledger, and the job's id in the row. Applied again, it changes nothing more. */
export function settleLaunch(input: SettleInput): Settled {
  const { draft, ledger, experimentId, opId } = input;
  const line = lastLine(ledger, experimentId, opId) as LedgerEntry;
  const known = endingOf(line);
  if (known !== undefined && (input.isRecovery || known.kind === "launched")) {
    return { ending: known, added: [], changes: [] };
  }
  const row = draft.rowOf(experimentId);
  const ending = withoutConflict(input, { row, since: line.at });
  const outcome = OUTCOME_OF[ending.kind];
  const detail = ending.kind === "launched" ? ending.jobId : input.redact(ending.reason);
  const isSaid = line.outcome === outcome && line.detail === detail;
  const said: LedgerEntry = { ...line, outcome, detail, at: input.now };
  const changes = ending.kind === "launched" ? recordJob(input, row, ending.jobId) : [];
  return { ending, added: isSaid ? [] : [said], changes };
}

/** The row that has a job of the queue, and has not ended before an instant: ids may be given anew. */
export function holderOf(
  draft: LogDraft,
  job: { readonly jobId: string; readonly source: string | undefined; readonly since: string },
): number | undefined {
  for (let row = 0; row < draft.rowCount; row += 1) {
    if (jobOf(draft, row, job.source) === job.jobId && !isOver(draft, row, job.since)) return row;
  }
  return undefined;
}

function isOver(draft: LogDraft, row: number, since: string): boolean {
  if (!isFinished(draft, row)) return false;
  const ended = draft.instant(row, "ended_at") ?? draft.instant(row, "updated_at");
  return Number(ended) < Number(parseInstant(since));
}

function endingOf({ outcome, detail }: LedgerEntry): LaunchEnding | undefined {
  if (outcome === "launched") return { kind: "launched", jobId: detail };
  if (outcome === "launch-failed") return { kind: "failed", reason: detail };
  return outcome === "launch-unknown" ? { kind: "unknown", reason: detail } : undefined;
}

/** A sync may have met the job before its launch was recorded, and made a row for it; no row is ever taken away. */
function withoutConflict(
  { draft, ending, source, experimentId }: SettleInput,
  { row, since }: { readonly row: number | undefined; readonly since: string },
): LaunchEnding {
  if (ending.kind !== "launched") return ending;
  const { jobId } = ending;
  const holder = holderOf(draft, { jobId, source, since });
  if (holder !== undefined && holder !== row) {
    const other = quoteUntrusted(draft.cell(holder, "experiment_id"));
    return {
      kind: "unknown",
      reason: `It was submitted as job ${quoteUntrusted(jobId)}, which is recorded as experiment ${other} already: follow it there, and supersede experiment ${quoteUntrusted(experimentId)} by it.`,
    };
  }
  const own = row === undefined ? "" : draft.cell(row, "queue_job_id");
  if (own === "" || holder === row) return ending;
  return {
    kind: "unknown",
    reason: `It was submitted as job ${quoteUntrusted(jobId)}, but has job ${quoteUntrusted(own)} by now: correct queue_job_id.`,
  };
}

/** With several queues a job's id is told apart by its source, as a sync expects it. */
function recordJob(
  { draft, experimentId, source, now }: SettleInput,
  row: number | undefined,
  jobId: string,
): readonly Change[] {
  // Rows are never taken away, but by hand.
  if (row === undefined) return [];
  const from = draft.cell(row, "status") as Status;
  const cell = source === undefined ? jobId : `${source}/${jobId}`;
  const isNamed = draft.isEmpty(row, "queue_job_id") && draft.set(row, "queue_job_id", cell);
  const isMoved = from === "planned" && draft.set(row, "status", "queued");
  if (!isNamed && !isMoved) return [];
  draft.set(row, "updated_at", now);
  return [
    isMoved
      ? { kind: "moved", experimentId, from, to: "queued" }
      : { kind: "updated", experimentId },
  ];
}
