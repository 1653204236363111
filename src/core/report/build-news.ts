import { valueAt } from "../analysis/analyse.ts";
import { bestOf, deltaBetween } from "../analysis/ranking.ts";
import type { News } from "./model.ts";
import { idOf, type Source } from "./source.ts";

/** What happened at the newest instant of the log: the rows whose `updated_at` is `Generated`. */
export function buildNews(source: Source): News {
  const { table, analysis } = source;
  const rows = newestRows(source);
  const ids = (status: string) =>
    rows.filter((row) => analysis.scan.statuses[row] === status).map((row) => idOf(table, row));
  const proposed = rows.filter(
    (row) => analysis.scan.statuses[row] === "planned" && isNew(source, row),
  );
  return {
    newBest: newBest(source, new Set(rows)),
    finished: ids("completed"),
    failed: ids("failed"),
    proposed: proposed.map((row) => idOf(table, row)),
    started: ids("running"),
  };
}

function newestRows({ analysis: { scan } }: Source): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < scan.rowCount; row++)
    if (scan.updatedAt[row] === scan.newest) rows.push(row);
  return rows;
}

/** A proposal that was only changed is not proposed again. */
function isNew({ table, analysis }: Source, row: number): boolean {
  return table.instant(row, "created_at") === analysis.scan.newest;
}

function newBest({ table, analysis }: Source, newest: ReadonlySet<number>): News["newBest"] {
  const { best, scan, objective } = analysis;
  const value = valueAt(scan, best);
  if (best === undefined || value === undefined || !newest.has(best)) return undefined;
  const before = bestOf(
    scan.ranked.filter((row) => !newest.has(row)),
    scan.values,
    objective.mode,
  );
  const reference = valueAt(scan, before);
  if (before === undefined || reference === undefined)
    return { id: idOf(table, best), value, previous: undefined };
  const delta = deltaBetween(value, reference, objective.mode);
  return {
    id: idOf(table, best),
    value,
    previous: { id: idOf(table, before), value: reference, delta },
  };
}
