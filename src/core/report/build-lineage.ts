import { valueAt } from "../analysis/analyse.ts";
import { rankBest } from "../analysis/ranking.ts";
import { CAPS } from "./limits.ts";
import type { LineageNode } from "./model.ts";
import { idOf, type Source } from "./source.ts";

/** Ancestors and children of the best experiments, in file order; empty where nothing has a parent. */
export function buildLineage(source: Source): readonly LineageNode[] {
  const { scan, objective } = source.analysis;
  const best = rankBest(scan, objective.mode, CAPS.lineageBest);
  const rows = new Set(best);
  for (const row of best) addAncestors(source, row, rows);
  addChildren(source, best, rows);
  if (![...rows].some((row) => parentOf(source, row) !== undefined)) return [];
  const shown = [...rows].slice(0, CAPS.lineageNodes).sort((a, b) => a - b);
  const places = new Map(shown.map((row, at) => [row, at]));
  return shown.map((row) => lineageNode(source, row, places));
}

function lineageNode(
  source: Source,
  row: number,
  places: ReadonlyMap<number, number>,
): LineageNode {
  const { table, analysis } = source;
  const parent = parentOf(source, row);
  return {
    id: idOf(table, row),
    status: analysis.scan.statuses[row] ?? "planned",
    value: valueAt(analysis.scan, row),
    isBest: row === analysis.best,
    parent: parent === undefined ? undefined : places.get(parent),
  };
}

/** A cycle of parents, which `check` reports, ends where it meets itself. */
function addAncestors(source: Source, row: number, rows: Set<number>): void {
  let parent = parentOf(source, row);
  while (parent !== undefined && !rows.has(parent)) {
    rows.add(parent);
    parent = parentOf(source, parent);
  }
}

function addChildren({ table }: Source, best: readonly number[], rows: Set<number>): void {
  const ids = new Set(best.map((row) => table.cell(row, "experiment_id")));
  for (let row = 0; row < table.rowCount; row++) {
    if (ids.has(table.cell(row, "parent_experiment_id"))) rows.add(row);
  }
}

function parentOf({ table }: Source, row: number): number | undefined {
  return table.isEmpty(row, "parent_experiment_id")
    ? undefined
    : table.rowOf(table.cell(row, "parent_experiment_id"));
}
