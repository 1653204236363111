import type { Status } from "../log/columns.ts";
import type { LogDraft } from "../log/draft.ts";
import { nextStatus } from "../log/transitions.ts";
import type { Observation } from "../queue/observation.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Change, StaleRun } from "./change.ts";
import { fillRow, isFinished, reopenRow } from "./edit-row.ts";
import { createMatcher, isAfter } from "./identity.ts";
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
    const outcome = applyOne({ draft, row, observation, input }, isNew);
    if (typeof outcome === "string") warnings.push(outcome);
    else if (outcome !== undefined) changes.push(outcome);
  }
  const stale = findStale({ draft, seen, ...input });
  return { changes, warnings, stale, syncedJobs: input.report.observations.length };
}

function applyOne(edit: RowEdit, isNew: boolean): Change | string | undefined {
  const { draft, row, observation, input } = edit;
  const from = (draft.cell(row, "status") || undefined) as Status | undefined;
  const isRequeue = !isNew && isRequeued(draft, row, observation);
  const decision = nextStatus(from, observation.status, { by: "queue", isRequeue });
  if (decision.kind === "ignore") return ignoredSentence(edit, from, decision.reason);
  if (isRequeue && decision.kind === "move") reopenRow(edit);
  const isMoved = decision.kind === "move" && draft.set(row, "status", decision.to);
  const result = fillRow(edit, isMoved);
  if (!result.isChanged && !isMoved && !isNew) return undefined;
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

/** The same job again: started after the row ended, or waiting again with a restart or a newer submission. */
function isRequeued(draft: LogDraft, row: number, observation: Observation): boolean {
  const { submittedAt, startedAt, restarts } = observation;
  const endedAt = draft.cell(row, "ended_at");
  if (isFinished(draft.cell(row, "status"))) {
    if (startedAt !== undefined) return isAfter(startedAt, endedAt);
    return restarts > 0 && submittedAt !== undefined && isAfter(submittedAt, endedAt);
  }
  if (restarts > 0) return true;
  return submittedAt !== undefined && isAfter(submittedAt, draft.cell(row, "started_at"));
}

/** A superseded experiment whose job has finished is as it should be: nothing to say. */
function ignoredSentence(
  edit: RowEdit,
  from: Status | undefined,
  reason: string,
): string | undefined {
  const { draft, row, observation } = edit;
  if (from === "superseded" && isFinished(observation.status)) return undefined;
  const id = quoteUntrusted(draft.cell(row, "experiment_id"));
  return `the queue reports job ${quoteUntrusted(observation.jobId)} as ${observation.status}, experiment ${id} stays ${from}: ${reason}`;
}
