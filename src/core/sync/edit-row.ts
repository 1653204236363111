import { type Column, FINISHED, type Status } from "../log/columns.ts";
import { decodeMetrics, mergeMetrics } from "../log/metrics-cell.ts";
import type { EpochSeconds } from "../queue/observation.ts";
import { formatInstant } from "../text/time.ts";
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
  const { draft, row } = edit;
  const isSettled = !isMoved && isFinished(draft.cell(row, "status"));
  let isChanged = false;
  for (const [column, text] of machineCells(edit)) {
    if (text === undefined || (isSettled && !draft.isEmpty(row, column))) continue;
    isChanged = draft.set(row, column, text) || isChanged;
  }
  const objective = recordMetrics(edit, isSettled);
  for (const [column, text] of cellsToFill(edit)) {
    if (text === undefined || text === "" || !draft.isEmpty(row, column)) continue;
    isChanged = draft.set(row, column, text) || isChanged;
  }
  return { isChanged: isChanged || objective.isChanged, objective: objective.text };
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

type CellText = readonly [Column, string | undefined];

function machineCells({ observation, input }: RowEdit): readonly CellText[] {
  const { redact } = input;
  return [
    ["task_key", mapText(observation.taskKey, redact)],
    ["config_path", mapText(observation.configPath, redact)],
    ["run_dir", mapText(observation.runDir, redact)],
    ["started_at", mapInstant(observation.startedAt)],
    ["ended_at", mapInstant(observation.endedAt)],
  ];
}

function cellsToFill(edit: RowEdit): readonly CellText[] {
  const { observation, input } = edit;
  const { objective } = input.settings;
  return [
    ["queue_job_id", observation.jobId],
    ["command", mapText(observation.command, input.redact)],
    ["objective_metric", objective.metric],
    ["objective_mode", objective.metric === undefined ? undefined : objective.mode],
    ["result_summary", outcomeSummary(edit)],
    ["owner", input.owner],
    ["notes", mapText(observation.launcher, input.redact)],
  ];
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

function mapText(text: string | undefined, change: (text: string) => string): string | undefined {
  return text === undefined ? undefined : change(text);
}

function mapInstant(instant: EpochSeconds | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}
