import { type Column, FINISHED, type Status } from "../log/columns.ts";
import { decodeMetrics, mergeMetrics } from "../log/metrics-cell.ts";
import type { EpochSeconds } from "../queue/observation.ts";
import { formatInstant, parseInstant } from "../text/time.ts";
import { hasFailureClass, outcomeSummary } from "./outcome-summary.ts";
import { metricsOf, type RowEdit } from "./row-edit.ts";

export function isFinished(status: string): boolean {
  return FINISHED.has(status as Status);
}

/**
 * Writes what the queue knows into a row, by the table of spec/01 "Columns": machine cells follow the
 * queue until the experiment is finished, cells of people are filled only while empty.
 */
export function fillRow(
  edit: RowEdit,
  isMoved: boolean,
): { readonly isChanged: boolean; readonly objective: string | undefined } {
  const isSettled = !isMoved && isFinished(edit.draft.cell(edit.row, "status"));
  const isFollowed = followQueue(edit, isSettled);
  const objective = recordMetrics(edit, isSettled);
  const isFilled = fillEmptyCells(edit);
  return { isChanged: isFollowed || objective.isChanged || isFilled, objective: objective.text };
}

/** A requeue takes back what the machine wrote about the attempt that ended; people's texts stay. */
export function reopenRow({ draft, row }: RowEdit): void {
  const metric = draft.cell(row, "objective_metric");
  const measured = decodeMetrics(draft.cell(row, "metrics_json")).get(metric);
  if (measured !== undefined && String(measured) === draft.cell(row, "objective_value")) {
    draft.set(row, "objective_value", "");
  }
  draft.set(row, "ended_at", "");
  if (hasFailureClass(draft.cell(row, "result_summary"))) draft.set(row, "result_summary", "");
}

function followQueue(edit: RowEdit, isSettled: boolean): boolean {
  const { draft, row, observation, input } = edit;
  const follow = (column: Column, text: string | undefined) => {
    if (text === undefined || (isSettled && !draft.isEmpty(row, column))) return false;
    return draft.set(row, column, input.redact(text));
  };
  const followInstant = (column: Column, instant: EpochSeconds | undefined) => {
    if (instant === undefined || (isSettled && !draft.isEmpty(row, column))) return false;
    if (parseInstant(draft.cell(row, column)) === Math.floor(instant)) return false;
    return draft.set(row, column, formatInstant(instant));
  };
  const changes = [
    follow("task_key", observation.taskKey),
    follow("config_path", observation.configPath),
    follow("run_dir", observation.runDir),
    followInstant("started_at", observation.startedAt),
    followInstant("ended_at", observation.endedAt),
  ];
  return changes.includes(true);
}

function fillEmptyCells(edit: RowEdit): boolean {
  const { draft, row, observation, input } = edit;
  const { objective } = input.settings;
  const fill = (column: Column, text: string | undefined) => {
    if (text === undefined || text === "" || !draft.isEmpty(row, column)) return false;
    return draft.set(row, column, input.redact(text));
  };
  const changes = [
    fill("queue_job_id", observation.jobId),
    fill("command", observation.command),
    fill("objective_metric", objective.metric),
    fill("objective_mode", objective.metric === undefined ? undefined : objective.mode),
    fill("result_summary", outcomeSummary(edit)),
    fill("owner", input.owner),
    fill("notes", observation.launcher),
  ];
  return changes.includes(true);
}

/** Merges metrics by key; the objective's value is recorded when the job has finished and nobody wrote one. */
function recordMetrics(
  edit: RowEdit,
  isSettled: boolean,
): { readonly isChanged: boolean; readonly text: string | undefined } {
  const { draft, row, observation, input } = edit;
  const metrics = metricsOf(edit);
  if (metrics === undefined || metrics.size === 0) return { isChanged: false, text: undefined };
  let isChanged = false;
  const cell = draft.cell(row, "metrics_json");
  if (!isSettled || cell === "")
    isChanged = draft.set(row, "metrics_json", mergeMetrics(cell, metrics));
  const metric = draft.cell(row, "objective_metric") || input.settings.objective.metric || "";
  const value = metrics.get(metric);
  const isDue = isFinished(observation.status) && draft.isEmpty(row, "objective_value");
  if (!isDue || value === undefined || !Number.isFinite(value))
    return { isChanged, text: undefined };
  draft.set(row, "objective_value", String(value));
  return { isChanged: true, text: `${metric} ${value}` };
}
