import { valueAt } from "../analysis/analyse.ts";
import { type Delta, deltaBetween, rankBest } from "../analysis/ranking.ts";
import { numberAt, runtimeOf } from "../analysis/scan.ts";
import type { RankedResult, ReportModel } from "./model.ts";
import { idOf, type Source, textOf } from "./source.ts";

/** The best results, best first, each against baseline and parent. */
export function buildLeaderboard(source: Source, top: number): ReportModel["leaderboard"] {
  const { scan, objective } = source.analysis;
  return {
    shown: rankBest(scan, objective.mode, top).map((row) => rankedResult(source, row)),
    total: scan.ranked.length,
    notComparable: scan.notComparable.length,
  };
}

function rankedResult(source: Source, row: number): RankedResult {
  const { table, analysis } = source;
  const { scan, baseline } = analysis;
  return {
    id: idOf(table, row),
    value: numberAt(scan.values, row),
    baselineDelta: baseline === row ? undefined : deltaTo(source, row, baseline),
    parentDelta: deltaTo(source, row, comparableParent(source, row)),
    runtime: runtimeOf(scan, row),
    change: textOf(table, row, "change_summary"),
  };
}

function deltaTo(
  { analysis }: Source,
  row: number,
  reference: number | undefined,
): Delta | undefined {
  const { scan, objective } = analysis;
  const [value, other] = [valueAt(scan, row), valueAt(scan, reference)];
  if (value === undefined || other === undefined) return undefined;
  return deltaBetween(value, other, objective.mode);
}

function comparableParent({ table, analysis }: Source, row: number): number | undefined {
  const parent = table.rowOf(table.cell(row, "parent_experiment_id"));
  return parent !== undefined && analysis.scan.ranked.includes(parent) ? parent : undefined;
}
