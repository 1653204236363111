import type { ObjectiveMode } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { ResolvedObjective } from "./objective.ts";
import { type LogScan, numberAt } from "./scan.ts";
import { subtract } from "./subtract.ts";

/** A difference of objective values, signed so that positive is better whichever the mode. */
export interface Delta {
  readonly absolute: number;
  /** Share of the reference's magnitude (0.1 is 10 %); `undefined` against a reference of 0. */
  readonly relative: number | undefined;
}

/** How much better `value` is than `reference`. */
export function deltaBetween(value: number, reference: number, mode: ObjectiveMode): Delta {
  const absolute = mode === "min" ? subtract(reference, value) : subtract(value, reference);
  return { absolute, relative: reference === 0 ? undefined : absolute / Math.abs(reference) };
}

/** Whether `value` is better than `reference`. */
export function isBetter(value: number, reference: number, mode: ObjectiveMode): boolean {
  return mode === "min" ? value < reference : value > reference;
}

/** The best of rows given by end; ties go to the earlier end. */
export function bestOf(
  rows: readonly number[],
  values: Float64Array,
  mode: ObjectiveMode,
): number | undefined {
  let best: number | undefined;
  for (const row of rows) {
    if (best === undefined || isBetter(numberAt(values, row), numberAt(values, best), mode))
      best = row;
  }
  return best;
}

/** The ranked rows, best first; ties go to the earlier end. */
export function rankBest(scan: LogScan, mode: ObjectiveMode, count: number): readonly number[] {
  const top: number[] = [];
  for (const row of scan.ranked) {
    const value = numberAt(scan.values, row);
    const beats = (other: number) => isBetter(value, numberAt(scan.values, other), mode);
    const place = top.findLastIndex((other) => !beats(other)) + 1;
    if (place < count) top.splice(place, 0, row);
    if (top.length > count) top.pop();
  }
  return top;
}

/**
 * The row that results are compared with: the one the settings name, else the earliest completed
 * comparable row without a parent.
 */
export function baselineOf(
  table: LogTable,
  scan: LogScan,
  named: string | undefined,
): number | undefined {
  if (named !== undefined) return table.rowOf(named);
  return scan.ranked.find((row) => table.isEmpty(row, "parent_experiment_id"));
}

/** How many completed comparable rows ended after the best one. */
export function countSinceBest(scan: LogScan, best: number | undefined): number {
  return best === undefined ? 0 : scan.ranked.length - 1 - scan.ranked.indexOf(best);
}

/** Completed comparable rows in a row, up to the newest, without an improvement of at least `minDelta`. */
export function countWithoutImprovement(
  scan: LogScan,
  objective: ResolvedObjective,
  minDelta: number,
): number {
  let reference: number | undefined;
  let count = 0;
  for (const row of scan.ranked) {
    const value = numberAt(scan.values, row);
    const gain = deltaBetween(value, reference ?? value, objective.mode).absolute;
    const isImproved = reference === undefined || (gain > 0 && gain >= minDelta);
    if (isImproved) reference = value;
    count = isImproved ? 0 : count + 1;
  }
  return count;
}
