import { valueAt } from "../analysis/analyse.ts";
import { rankBest } from "../analysis/ranking.ts";
import { statusOf } from "../analysis/scan.ts";
import { CAPS } from "./limits.ts";
import type { LineageNode } from "./model.ts";
import { idOf, type Source } from "./source.ts";

/** The nearest ancestors of the best experiments and the children of the best, in file order; empty where nothing has a parent. */
export function buildLineage(source: Source): readonly LineageNode[] {
  const { scan, objective, best } = source.analysis;
  const leaders = rankBest(scan, objective.mode, CAPS.lineageBest);
  const rows = new Set(leaders.flatMap((row) => [row, ...ancestorsOf(source, row)]));
  for (const child of childrenOf(source, best)) rows.add(child);
  const shown = [...rows].sort((a, b) => a - b);
  const places = new Map(shown.map((row, at) => [row, at]));
  const nodes = shown.map((row) => lineageNode(source, row, places));
  return nodes.some((node) => node.parent !== undefined) ? nodes : [];
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
    status: statusOf(table, row),
    value: valueAt(analysis.scan, row),
    isBest: row === analysis.best,
    parent: parent === undefined ? undefined : places.get(parent),
  };
}

/** Nearest first. A cycle of parents, which `check` reports, ends with the generations. */
function ancestorsOf(source: Source, row: number): readonly number[] {
  const ancestors: number[] = [];
  let parent = parentOf(source, row);
  while (parent !== undefined && ancestors.length < CAPS.lineageGenerations) {
    ancestors.push(parent);
    parent = parentOf(source, parent);
  }
  return ancestors;
}

/** The newest children; they stand after their parent, since a log only grows at its end. */
function childrenOf({ table }: Source, row: number | undefined): readonly number[] {
  if (row === undefined) return [];
  const id = table.cell(row, "experiment_id");
  const children: number[] = [];
  for (let child = table.rowCount - 1; child > row; child--) {
    if (children.length >= CAPS.lineageChildren) break;
    if (table.holds(child, "parent_experiment_id", id)) children.push(child);
  }
  return children;
}

function parentOf({ table }: Source, row: number): number | undefined {
  return table.isEmpty(row, "parent_experiment_id")
    ? undefined
    : table.rowOf(table.cell(row, "parent_experiment_id"));
}
