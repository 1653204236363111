import { failureClassOf, lastErrorLine } from "../analysis/failure.ts";
import { sortByEnd } from "../analysis/scan.ts";
import { shortenText } from "../text/escape.ts";
import { CAPS, LIMITS } from "./limits.ts";
import type { FailureGroup } from "./model.ts";
import { idOf, rowsWith, type Source } from "./source.ts";

/** Failed experiments by class, the most frequent class first, each with its newest failures. */
export function buildFailures(source: Source): readonly FailureGroup[] {
  const { table, analysis } = source;
  const rows = [...rowsWith(source, "failed")];
  sortByEnd(rows, analysis.scan);
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const failureClass = failureClassOf(table.cell(row, "result_summary"));
    const group = groups.get(failureClass);
    if (group === undefined) groups.set(failureClass, [row]);
    else group.push(row);
  }
  return [...groups]
    .sort(([a, rowsA], [b, rowsB]) => rowsB.length - rowsA.length || (a < b ? -1 : 1))
    .slice(0, CAPS.failureClasses)
    .map(([failureClass, group]) => buildGroup(source, failureClass, group));
}

function buildGroup(
  { table }: Source,
  failureClass: string,
  rows: readonly number[],
): FailureGroup {
  const newest = rows.slice(-CAPS.failureExamples).reverse();
  return {
    failureClass,
    count: rows.length,
    examples: newest.map((row) => ({
      id: idOf(table, row),
      lastLine: shortenText(lastErrorLine(table.cell(row, "result_summary")), LIMITS.cell),
    })),
  };
}
