import { type Column, FINISHED } from "../log/columns.ts";
import type { LogDraft } from "../log/draft.ts";
import { decodeMetrics, mergeMetrics } from "../log/metrics-cell.ts";
import type { EpochSeconds, JobMetrics } from "../queue/observation.ts";
import { formatInstant } from "../text/time.ts";
import { hasFailureClass, outcomeSummary } from "./outcome-summary.ts";
import { lacksMetrics, metricsOf, objectiveOf, type RowEdit } from "./row-edit.ts";

/**
 * Writes what the queue knows into a row, by the table of docs/log.md, "Columns": machine cells follow the
 * queue until the experiment is finished, cells of people are filled only while empty.
 */
export function fillRow(edit: RowEdit): {
  readonly isChanged: boolean;
  readonly objective: string | undefined;
} {
  const isFollowed = followQueue(edit);
  const objective = recordMetrics(edit);
  const isFilled = fillEmptyCells(edit);
  return { isChanged: isFollowed || objective.isChanged || isFilled, objective: objective.text };
}

/** A requeue takes back what the machine wrote about the attempt that ended; people's texts stay. */
export function reopenRow(draft: LogDraft, row: number): void {
  const metric = draft.cell(row, "objective_metric");
  const measured = decodeMetrics(draft.cell(row, "metrics_json")).get(metric);
  if (measured !== undefined && String(measured) === draft.cell(row, "objective_value")) {
    draft.set(row, "objective_value", "");
  }
  draft.set(row, "started_at", "");
  draft.set(row, "ended_at", "");
  if (hasFailureClass(draft.cell(row, "result_summary"))) draft.set(row, "result_summary", "");
}

function followQueue(edit: RowEdit): boolean {
  const { observation } = edit;
  let isChanged = follow(edit, "task_key", observation.taskKey);
  isChanged = follow(edit, "config_path", observation.configPath) || isChanged;
  isChanged = follow(edit, "run_dir", observation.runDir) || isChanged;
  isChanged = followInstant(edit, "started_at", observation.startedAt) || isChanged;
  return followInstant(edit, "ended_at", observation.endedAt) || isChanged;
}

function follow(edit: RowEdit, column: Column, text: string | undefined): boolean {
  const { draft, row } = edit;
  if (text === undefined || (edit.isSettled && !draft.isEmpty(row, column))) return false;
  return draft.set(row, column, edit.input.redact(text));
}

function followInstant(edit: RowEdit, column: Column, instant: EpochSeconds | undefined): boolean {
  const { draft, row } = edit;
  if (instant === undefined || (edit.isSettled && !draft.isEmpty(row, column))) return false;
  if (draft.instant(row, column) === Math.floor(instant)) return false;
  return draft.set(row, column, formatInstant(instant));
}

function fillEmptyCells(edit: RowEdit): boolean {
  const { observation, input } = edit;
  const { metric, mode } = input.settings.objective;
  let isChanged = fillJobId(edit);
  isChanged = fill(edit, "command", observation.command) || isChanged;
  isChanged = fill(edit, "objective_metric", metric) || isChanged;
  if (measures(edit, metric)) isChanged = fill(edit, "objective_mode", mode) || isChanged;
  isChanged = fill(edit, "result_summary", outcomeSummary(edit)) || isChanged;
  isChanged = fill(edit, "owner", input.owner) || isChanged;
  return fill(edit, "notes", observation.launcher) || isChanged;
}

/** An id is kept as it is: a redacted one would not be found again by the next sync. */
function fillJobId({ draft, row, observation }: RowEdit): boolean {
  return draft.isEmpty(row, "queue_job_id") && draft.set(row, "queue_job_id", observation.jobId);
}

/** A person may have given the row another metric, of which the session's mode says nothing. */
function measures({ draft, row }: RowEdit, metric: string | undefined): boolean {
  return metric !== undefined && draft.cell(row, "objective_metric") === metric;
}

function fill(edit: RowEdit, column: Column, text: string | undefined): boolean {
  if (text === undefined || text === "" || !edit.draft.isEmpty(edit.row, column)) return false;
  return edit.draft.set(edit.row, column, edit.input.redact(text));
}

/** Merges metrics by key; the objective's value is recorded when the job has finished and nobody wrote one. */
function recordMetrics(edit: RowEdit): {
  readonly isChanged: boolean;
  readonly text: string | undefined;
} {
  const { draft, row, observation } = edit;
  const isMerged = mergeMeasured(edit);
  if (!FINISHED.has(observation.status) || !draft.isEmpty(row, "objective_value")) {
    return { isChanged: isMerged, text: undefined };
  }
  const metric = objectiveOf(edit);
  const value = measuredValue(edit, metric);
  if (value === undefined) return { isChanged: isMerged, text: undefined };
  draft.set(row, "objective_value", String(value));
  return { isChanged: true, text: `${metric} ${value}` };
}

function mergeMeasured(edit: RowEdit): boolean {
  const { draft, row, isSettled } = edit;
  const metrics = metricsOf(edit);
  if (metrics === undefined || (isSettled && !lacksMetrics(edit))) return false;
  const cell = draft.cell(row, "metrics_json");
  const values = isSettled ? missingOf(edit, metrics) : metrics;
  return draft.set(row, "metrics_json", mergeMetrics(cell, values));
}

/**
 * What a person recorded of a finished experiment stands. The objective's own metric is measured anew while its value
 * is awaited: whoever records it records that value too, so that what is in the log is from the middle of the run.
 */
function missingOf(edit: RowEdit, metrics: JobMetrics): JobMetrics {
  const { draft, row } = edit;
  const known = decodeMetrics(draft.cell(row, "metrics_json"));
  const awaited = draft.cell(row, "objective_metric");
  return new Map([...metrics].filter(([name]) => !known.has(name) || name === awaited));
}

/** What was measured now, else what is in the log since an earlier sync, before the objective was named. */
function measuredValue(edit: RowEdit, metric: string): number | undefined {
  const value = metricsOf(edit)?.get(metric) ?? loggedValue(edit, metric);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/**
 * What an attempt that did not complete had logged is no result. Nor is what was logged of a metric that the row
 * names already: that was measured in the middle of the run or of an attempt before, or it would be recorded.
 * Most cells do not speak of the metric at all.
 */
function loggedValue({ draft, row, observation }: RowEdit, metric: string): unknown {
  if (metric === "" || observation.status !== "completed") return undefined;
  if (!draft.isEmpty(row, "objective_metric")) return undefined;
  const cell = draft.cell(row, "metrics_json");
  const mayName = cell.includes("\\") || cell.includes(JSON.stringify(metric));
  return mayName ? decodeMetrics(cell).get(metric) : undefined;
}
