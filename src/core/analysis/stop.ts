import type { SessionSettings } from "../session/settings.ts";
import { formatNumber } from "./format-number.ts";
import type { ResolvedObjective } from "./objective.ts";
import { countWithoutImprovement, deltaBetween } from "./ranking.ts";
import { type LogScan, runtimeOf, sortByEnd } from "./scan.ts";
import { subtract } from "./subtract.ts";

export type StopCriterionName =
  | "target"
  | "max-experiments"
  | "max-hours"
  | "max-failures"
  | "patience";

/** A reason to stop, with how far it is, met or not. */
export interface StopCriterion {
  readonly criterion: StopCriterionName;
  readonly met: boolean;
  /** Where the session stands; `undefined` when nothing can be said yet. */
  readonly value: number | undefined;
  readonly threshold: number;
  /** What is left until it is met, in the unit of `value`; 0 or less once it is met. */
  readonly margin: number | undefined;
  readonly sentence: string;
}

/** What the stop criteria are judged by. */
export interface StopInput {
  readonly scan: LogScan;
  readonly objective: ResolvedObjective;
  readonly stop: SessionSettings["stop"];
  readonly best: number | undefined;
}

/** Every stop criterion that is set, met or not, in a fixed order. Infra failures count for none of them. */
export function stopCriteria(input: StopInput): readonly StopCriterion[] {
  return [
    target(input),
    maxExperiments(input),
    maxHours(input),
    maxFailures(input),
    patience(input),
  ].filter((criterion) => criterion !== undefined);
}

function target({ scan, objective, best }: StopInput): StopCriterion | undefined {
  const threshold = objective.target;
  if (threshold === undefined) return undefined;
  const value = best === undefined ? undefined : scan.values[best];
  const margin =
    value === undefined ? undefined : deltaBetween(threshold, value, objective.mode).absolute;
  const met = margin !== undefined && margin <= 0;
  return {
    criterion: "target",
    met,
    value,
    threshold,
    margin,
    sentence: targetSentence(met, threshold, margin),
  };
}

function targetSentence(met: boolean, threshold: number, margin: number | undefined): string {
  const goal = `the target of ${formatNumber(threshold)}`;
  if (margin === undefined) return `No result to hold against ${goal} yet.`;
  if (!met) return `The best value is ${formatNumber(margin)} short of ${goal}.`;
  return margin === 0
    ? `The best value reached ${goal}.`
    : `The best value passed ${goal} by ${formatNumber(-margin)}.`;
}

/** Experiments that were started: completed, failed and running ones. */
function maxExperiments({ scan, stop }: StopInput): StopCriterion | undefined {
  const threshold = stop.maxExperiments;
  if (threshold === undefined) return undefined;
  const value = startedRows(scan).length;
  const sentence = `${value} of ${threshold} experiments were started`;
  return counted("max-experiments", { value, threshold, sentence });
}

/** Hours the started experiments ran, added up: idle days between them cost nothing. */
function maxHours({ scan, stop }: StopInput): StopCriterion | undefined {
  const threshold = stop.maxHours;
  if (threshold === undefined) return undefined;
  const seconds = startedRows(scan).reduce((sum, row) => sum + (runtimeOf(scan, row) ?? 0), 0);
  const value = Math.round(seconds / 360) / 10;
  const sentence = `The experiments ran for ${value} of ${threshold} hours`;
  return counted("max-hours", { value, threshold, sentence });
}

function maxFailures({ scan, stop }: StopInput): StopCriterion | undefined {
  const threshold = stop.maxFailures;
  if (threshold === undefined) return undefined;
  const value = failuresInARow(scan);
  const sentence = `${value} of ${threshold} failures in a row`;
  return counted("max-failures", { value, threshold, sentence });
}

/** Without noise known, only `min-delta` says what an improvement is: without it nothing is met. */
function patience({ scan, stop, objective }: StopInput): StopCriterion | undefined {
  const threshold = stop.patience;
  if (objective.minDelta === undefined) {
    const sentence = `Patience of ${threshold} results cannot be judged: the noise is unknown and objective.min-delta is not set.`;
    return {
      criterion: "patience",
      met: false,
      value: undefined,
      threshold,
      margin: undefined,
      sentence,
    };
  }
  const value = countWithoutImprovement(scan, objective, objective.minDelta);
  const sentence = `${value} of ${threshold} results in a row without an improvement of ${formatNumber(objective.minDelta)}`;
  return counted("patience", { value, threshold, sentence });
}

function counted(
  criterion: StopCriterionName,
  count: { value: number; threshold: number; sentence: string },
): StopCriterion {
  const margin = subtract(count.threshold, count.value);
  const sentence = margin <= 0 ? `${count.sentence}.` : `${count.sentence}, ${margin} left.`;
  return { criterion, met: margin <= 0, margin, ...count, sentence };
}

function startedRows({ statuses, rowCount, infraFailures }: LogScan): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const status = statuses[row];
    const started = status === "completed" || status === "running" || status === "failed";
    if (started && !infraFailures.has(row)) rows.push(row);
  }
  return rows;
}

/** Failures after the last completed row. */
function failuresInARow(scan: LogScan): number {
  const finished = startedRows(scan).filter((row) => scan.statuses[row] !== "running");
  sortByEnd(finished, scan);
  return finished.length - 1 - finished.findLastIndex((row) => scan.statuses[row] === "completed");
}
