import { parseNumber } from "../text/parse-number.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

/** A completed experiment of a session that measures something has a value. */
export function reviewMissingValue(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head, settings } = change;
  const { row, columns, experimentId } = touched;
  const isCompleted = head.holds(row, "status", "completed");
  const isMoved = columns.has("status") || columns.has("objective_value");
  if (!isCompleted || !(isMoved || setsObjective(change, touched))) return [];
  const metric = head.cell(row, "objective_metric") || settings.objective.metric;
  const value = head.cell(row, "objective_value");
  if (metric === undefined || parseNumber(value) !== undefined) return [];
  const has =
    value === ""
      ? "no objective_value"
      : `the objective_value ${quoteUntrusted(value)}, which is no number`;
  const sentence = `experiment ${quoteUntrusted(experimentId)} is completed and has ${has}, though the objective is ${quoteUntrusted(metric)}. Record its value, or record it as failed if there is none.`;
  return [
    findingAt(change, { touched, column: "objective_value", code: "value-missing" }, sentence),
  ];
}

/** Whether the row had no objective and has one now; of one that was set already the value was missing before. */
function setsObjective({ base, settings }: LogChange, { baseRow, columns }: TouchedRow): boolean {
  if (baseRow === undefined || settings.objective.metric !== undefined) return false;
  return columns.has("objective_metric") && base.isEmpty(baseRow, "objective_metric");
}

/** A value without a metric says nothing. */
export function reviewMissingMetric(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head } = change;
  const { row, columns, experimentId } = touched;
  const hasNone = !head.isEmpty(row, "objective_value") && head.isEmpty(row, "objective_metric");
  if (!hasNone || !(columns.has("objective_value") || columns.has("objective_metric"))) return [];
  const sentence = `experiment ${quoteUntrusted(experimentId)} has an objective_value and no objective_metric. Name the metric.`;
  return [
    findingAt(
      change,
      { touched, column: "objective_value", code: "value-without-metric" },
      sentence,
    ),
  ];
}
