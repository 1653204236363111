import { FINISHED, type Status } from "../log/columns.ts";
import type { LogDraft } from "../log/draft.ts";
import { nextStatus } from "../log/transitions.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Change, StaleRun } from "./change.ts";
import { fillRow, reopenRow } from "./edit-row.ts";
import { createMatcher, isRequeued } from "./identity.ts";
import type { RowEdit, SyncInput } from "./row-edit.ts";
import { findStale } from "./stale.ts";

export interface SyncOutcome {
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  readonly stale: readonly StaleRun[];
  /** Jobs that were brought into the log, changed or not. */
  readonly syncedJobs: number;
}

/** Brings a queue's report into a log; rows the report does not speak of stay as they are. */
export function applyObservations(draft: LogDraft, input: SyncInput): SyncOutcome {
  const matcher = createMatcher(draft, input.settings.queue.source);
  const seen = new Set<number>();
  const changes: Change[] = [];
  const warnings: string[] = [...input.report.warnings];
  for (const observation of input.report.observations) {
    const { row, isNew } = matcher.findOrAppend(observation);
    seen.add(row);
    const outcome = applyOne({ draft, row, observation, input, isNew });
    if (typeof outcome === "string") warnings.push(outcome);
    else if (outcome !== undefined) changes.push(outcome);
  }
  const stale = findStale({ draft, seen, ...input });
  return { changes, warnings, stale, syncedJobs: input.report.observations.length };
}

interface Meeting extends Omit<RowEdit, "isSettled"> {
  readonly isNew: boolean;
}

function applyOne(meeting: Meeting): Change | string | undefined {
  const { draft, row, observation, input, isNew } = meeting;
  const from = (draft.cell(row, "status") || undefined) as Status | undefined;
  const isRequeue = !isNew && isRequeued(draft, row, observation);
  const decision = nextStatus(from, observation.status, { by: "queue", isRequeue });
  if (decision.kind === "ignore") return ignoredSentence(meeting, from, decision.reason);
  const isMoved = decision.kind === "move";
  if (isMoved && decision.isReopened) reopenRow(draft, row);
  if (isMoved) draft.set(row, "status", decision.to);
  const isSettled = !isMoved && FINISHED.has(observation.status);
  const result = fillRow({ draft, row, observation, input, isSettled });
  if (!result.isChanged && !isMoved) return undefined;
  if (isNew) draft.set(row, "created_at", input.now);
  draft.set(row, "updated_at", input.now);
  return {
    kind: changeKind(isNew, isMoved),
    experimentId: draft.cell(row, "experiment_id"),
    ...(from === undefined ? {} : { from }),
    to: observation.status,
    ...(result.objective === undefined ? {} : { result: result.objective }),
  };
}

function changeKind(isNew: boolean, isMoved: boolean): Change["kind"] {
  if (isNew) return "added";
  return isMoved ? "moved" : "updated";
}

/** A superseded experiment whose job has finished is as it should be: nothing to say. */
function ignoredSentence(
  meeting: Meeting,
  from: Status | undefined,
  reason: string,
): string | undefined {
  const { draft, row, observation } = meeting;
  if (from === "superseded" && FINISHED.has(observation.status)) return undefined;
  const id = quoteUntrusted(draft.cell(row, "experiment_id"));
  return `the queue reports job ${quoteUntrusted(observation.jobId)} as ${observation.status}, experiment ${id} stays ${from}: ${reason}`;
}
