import { type Analysis, analyse, valueAt } from "../../analysis/analyse.ts";
import { isBetter, rankBest } from "../../analysis/ranking.ts";
import { numberAt } from "../../analysis/scan.ts";
import type { LogTable } from "../../log/table.ts";
import type { SessionSettings } from "../../session/settings.ts";

/** A log and what it says about its results. */
export interface AnalysedLog {
  readonly table: LogTable;
  readonly analysis: Analysis;
}

/** A result beside its place and value at the base. */
export interface Standing {
  readonly experimentId: string;
  /** From 1; `undefined` where it has no place. */
  readonly rankBefore: number | undefined;
  readonly rankAfter: number | undefined;
  readonly valueBefore: number | undefined;
  readonly valueAfter: number | undefined;
}

/** What a change does to the best results. */
export interface LeaderboardEffect {
  readonly before: AnalysedLog;
  readonly after: AnalysedLog;
  /** The best of the head, best first. */
  readonly leaders: readonly Standing[];
  /** Among the best at the base and not at the head, in the base's order. */
  readonly displaced: readonly Standing[];
}

/** Most results a review shows. */
const MOST_LEADERS = 10;

/** Compares the best results of two versions of a log; a log that is not there has none. */
export function buildEffect(
  base: LogTable,
  head: LogTable,
  settings: SessionSettings,
): LeaderboardEffect {
  const before = { table: base, analysis: analyse(base, settings) };
  const after = { table: head, analysis: analyse(head, settings) };
  const top = Math.min(settings.report.top, MOST_LEADERS);
  const standing = (experimentId: string) => standingOf(experimentId, before, after);
  const leaders = leadersOf(after, top);
  const displaced = leadersOf(before, top).filter((id) => !leaders.includes(id));
  return {
    before,
    after,
    leaders: leaders.map(standing),
    displaced: displaced.map(standing),
  };
}

/** Whether the best results are no longer what they were. */
export function isMoved({ leaders, displaced }: LeaderboardEffect): boolean {
  const isSame = (one: Standing) =>
    one.rankBefore === one.rankAfter && one.valueBefore === one.valueAfter;
  return displaced.length > 0 || !leaders.every(isSame);
}

function leadersOf({ table, analysis }: AnalysedLog, top: number): readonly string[] {
  const rows = rankBest(analysis.scan, analysis.objective.mode, top);
  return rows.map((row) => table.cell(row, "experiment_id"));
}

function standingOf(experimentId: string, before: AnalysedLog, after: AnalysedLog): Standing {
  const [old, young] = [rankedRow(before, experimentId), rankedRow(after, experimentId)];
  return {
    experimentId,
    rankBefore: rankOf(before, old),
    rankAfter: rankOf(after, young),
    valueBefore: valueAt(before.analysis.scan, old),
    valueAfter: valueAt(after.analysis.scan, young),
  };
}

function rankedRow({ table, analysis }: AnalysedLog, experimentId: string): number | undefined {
  const row = table.rowOf(experimentId);
  return row !== undefined && analysis.scan.ranked.includes(row) ? row : undefined;
}

/** Its place, from 1: how many are better, or as good and earlier. */
function rankOf({ analysis }: AnalysedLog, row: number | undefined): number | undefined {
  if (row === undefined) return undefined;
  const { scan, objective } = analysis;
  const value = numberAt(scan.values, row);
  const end = scan.ranked.indexOf(row);
  const isAhead = (other: number, at: number) => {
    const otherValue = numberAt(scan.values, other);
    return isBetter(otherValue, value, objective.mode) || (otherValue === value && at < end);
  };
  return scan.ranked.filter(isAhead).length + 1;
}
