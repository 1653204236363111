import { formatNumber } from "../analysis/format-number.ts";
import { objectiveOf, type ResolvedObjective } from "../analysis/objective.ts";
import { bestOf, deltaBetween } from "../analysis/ranking.ts";
import { type LogScan, numberAt, scanCells, scanLog } from "../analysis/scan.ts";
import { subtract } from "../analysis/subtract.ts";
import { parseNumber } from "../text/parse-number.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

/** An improvement of so many times the noise is worth a second look. */
const SUSPICIOUS = 10;
/** How many of the last values tell the noise, and how few are too few. */
const LAST_VALUES = 10;
const FEWEST_VALUES = 3;

/** Values that are too good to be true at first sight, compared with the base's best. */
export function reviewTooGood(change: LogChange, rows: readonly TouchedRow[]): readonly Finding[] {
  const { base, settings } = change;
  const candidates = rows.filter((touched) => hasNewValue(change, touched));
  if (candidates.length === 0) return [];
  const cells = scanCells(base);
  const objective = objectiveOf(base, settings, { updatedAt: cells.updatedAt });
  const scan = scanLog(base, cells, objective);
  const best = bestOf(scan.ranked, scan.values, objective.mode);
  const noise = noiseOf(scan, objective);
  if (best === undefined || noise === undefined) return [];
  const reference = { value: numberAt(scan.values, best), id: base.cell(best, "experiment_id") };
  return candidates.flatMap((touched) =>
    compareWith(change, touched, { objective, noise, reference }),
  );
}

function hasNewValue({ head }: LogChange, { row, columns }: TouchedRow): boolean {
  const isNew = columns.has("objective_value") || columns.has("status");
  return isNew && head.holds(row, "status", "completed") && !head.isEmpty(row, "objective_value");
}

interface Noise {
  readonly size: number;
  /** Where it is from. */
  readonly said: string;
}

/** The session's word, else how much the last values differ. */
function noiseOf(scan: LogScan, { minDelta }: ResolvedObjective): Noise | undefined {
  if (minDelta !== undefined && minDelta > 0)
    return { size: minDelta, said: "objective.min-delta" };
  const last = scan.ranked.slice(-LAST_VALUES).map((row) => numberAt(scan.values, row));
  const size = last.length < FEWEST_VALUES ? 0 : standardDeviation(last);
  return size > 0
    ? { size, said: `the standard deviation of the last ${last.length} values` }
    : undefined;
}

/**
 * Of a sample: divided by one less than its size. Reckoned from the first value, so that values that are all the same
 * differ by nothing at all.
 */
function standardDeviation([first = 0, ...rest]: readonly number[]): number {
  const differences = [0, ...rest.map((value) => subtract(value, first))];
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / rest.length);
}

interface Reference {
  readonly objective: ResolvedObjective;
  readonly noise: Noise;
  readonly reference: { readonly value: number; readonly id: string };
}

function compareWith(
  change: LogChange,
  touched: TouchedRow,
  { objective, noise, reference }: Reference,
): readonly Finding[] {
  const { head } = change;
  const { row, experimentId } = touched;
  const value = parseNumber(head.cell(row, "objective_value"));
  if (value === undefined || !isComparable(change, row, objective)) return [];
  const gain = deltaBetween(value, reference.value, objective.mode).absolute;
  if (!(gain > SUSPICIOUS * noise.size)) return [];
  const best = `the best, ${formatNumber(reference.value)} of ${quoteUntrusted(reference.id)}`;
  const sentence = `the value ${formatNumber(value)} of experiment ${quoteUntrusted(experimentId)} improves on ${best}, by more than ${SUSPICIOUS} times the noise (${formatNumber(noise.size)}, ${noise.said}). Look again whether it measures the same.`;
  return [
    findingAt(change, { touched, column: "objective_value", code: "value-too-good" }, sentence),
  ];
}

/** As the leaderboard has it: the same metric, mode and, where the session asks for it, task. */
function isComparable({ head }: LogChange, row: number, objective: ResolvedObjective): boolean {
  const { metric = "", mode, sameTask, task = "" } = objective;
  if (!head.holds(row, "objective_metric", metric)) return false;
  if (sameTask && !head.holds(row, "task_key", task)) return false;
  return head.isEmpty(row, "objective_mode") || head.holds(row, "objective_mode", mode);
}
