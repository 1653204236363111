import { valueAt } from "../analysis/analyse.ts";
import type { LogScan } from "../analysis/scan.ts";
import { shortenText } from "../text/escape.ts";
import { LIMITS } from "./limits.ts";
import type { RecentRow } from "./model.ts";
import { idOf, type Source, textOf } from "./source.ts";

/** The rows changed last, newest first; rows changed at the same instant stay in file order, as in the seed's report. */
export function buildRecent(source: Source, most: number): readonly RecentRow[] {
  const { table, analysis } = source;
  return newestRows(analysis.scan, most).map((row) => ({
    id: idOf(table, row),
    status: textOf(table, row, "status"),
    metric: shortenText(table.cell(row, "objective_metric"), LIMITS.id),
    value: String(valueAt(analysis.scan, row) ?? textOf(table, row, "objective_value")),
    updated: textOf(table, row, "updated_at"),
    nextAction: textOf(table, row, "next_action"),
  }));
}

/**
 * Sorted wholly only when many are asked for: 25 out of 10,000 need no sorting of 10,000. Going backwards meets the
 * newest of most logs first, so that few others are taken in.
 */
function newestRows({ updatedAt, rowCount }: LogScan, most: number): readonly number[] {
  const at = (row: number | undefined) => updatedAt[row ?? -1] || Number.NEGATIVE_INFINITY;
  const newestFirst = (a: number, b: number) => at(b) - at(a) || a - b;
  if (most * 20 >= rowCount) {
    return Array.from({ length: rowCount }, (_, row) => row)
      .sort(newestFirst)
      .slice(0, most);
  }
  let rows: number[] = [];
  let oldest = Number.NEGATIVE_INFINITY;
  for (let row = rowCount - 1; row >= 0; row--) {
    if (rows.length >= most && at(row) < oldest) continue;
    rows.push(row);
    if (rows.length < most * 4) continue;
    rows = rows.sort(newestFirst).slice(0, most);
    oldest = at(rows.at(-1));
  }
  return rows.sort(newestFirst).slice(0, most);
}
