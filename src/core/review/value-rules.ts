import { parseNumber } from "../command/parse-number.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

const OF_RESULT = ["status", "objective_value", "objective_metric"] as const;

function touchesResult({ columns }: TouchedRow): boolean {
  return OF_RESULT.some((column) => columns.has(column));
}

/** A completed experiment of a session that measures something has a value. */
export function reviewMissingValue(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head, settings } = change;
  const { row, experimentId } = touched;
  if (!touchesResult(touched) || !head.holds(row, "status", "completed")) return [];
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

/** A value without a metric says nothing. */
export function reviewMissingMetric(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head } = change;
  const { row, experimentId } = touched;
  const hasNone = !head.isEmpty(row, "objective_value") && head.isEmpty(row, "objective_metric");
  if (!touchesResult(touched) || !hasNone) return [];
  const sentence = `experiment ${quoteUntrusted(experimentId)} has an objective_value and no objective_metric. Name the metric.`;
  return [
    findingAt(
      change,
      { touched, column: "objective_value", code: "value-without-metric" },
      sentence,
    ),
  ];
}
