import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";
import type { FindingCode } from "./rules.ts";

const PARENT = "parent_experiment_id";
/** Members of a cycle that a sentence names. */
const MOST_NAMED = 5;

/** A parent is another experiment of the log, and nobody's descendant is its ancestor. */
export function reviewParents(change: LogChange, rows: readonly TouchedRow[]): readonly Finding[] {
  const changed = rows.filter(
    ({ row, columns }) => columns.has(PARENT) && !change.head.isEmpty(row, PARENT),
  );
  const direct = changed.flatMap((touched) => reviewParent(change, touched));
  return [...direct, ...findCycles(change, changed)];
}

function reviewParent(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head } = change;
  const parent = head.cell(touched.row, PARENT);
  const id = quoteUntrusted(touched.experimentId);
  if (parent === touched.experimentId) {
    const sentence = `experiment ${id} is its own parent. Name the one it came from, or none.`;
    return [finding(change, { touched, code: "parent-itself" }, sentence)];
  }
  if (head.rowOf(parent) !== undefined) return [];
  const sentence = `the parent ${quoteUntrusted(parent)} of experiment ${id} is not in the log. Add its row, or correct the id.`;
  return [finding(change, { touched, code: "parent-missing" }, sentence)];
}

/** Follows parents from every changed row; a row that was followed before is not followed again. */
function findCycles(change: LogChange, changed: readonly TouchedRow[]): readonly Finding[] {
  const walkOf = new Map<number, number>();
  const changedRows = new Map(changed.map((touched) => [touched.row, touched]));
  return changed.flatMap((touched, walk) => {
    const path: number[] = [];
    let row: number | undefined = touched.row;
    while (row !== undefined && !walkOf.has(row)) {
      walkOf.set(row, walk);
      path.push(row);
      row = parentOf(change, row);
    }
    const isCycle = row !== undefined && walkOf.get(row) === walk;
    const cycle = isCycle ? path.slice(path.indexOf(row as number)) : [];
    return cycle.length > 1 ? describeCycle(change, cycle, changedRows) : [];
  });
}

function parentOf({ head }: LogChange, row: number): number | undefined {
  return head.rowOf(head.cell(row, PARENT));
}

/** A cycle that no change takes part in stood in the base. */
function describeCycle(
  change: LogChange,
  cycle: readonly number[],
  changed: ReadonlyMap<number, TouchedRow>,
): readonly Finding[] {
  const [touched] = cycle.flatMap((row) => changed.get(row) ?? []);
  if (touched === undefined) return [];
  const ids = cycle
    .slice(0, MOST_NAMED)
    .map((row) => quoteUntrusted(change.head.cell(row, "experiment_id")));
  const more = cycle.length > MOST_NAMED ? `, and ${cycle.length - MOST_NAMED} more` : "";
  const sentence = `experiments are each other's ancestors: ${ids.join(" ← ")}${more}. One of them must have another parent, or none.`;
  return [finding(change, { touched, code: "parent-cycle" }, sentence)];
}

function finding(
  change: LogChange,
  at: { readonly touched: TouchedRow; readonly code: FindingCode },
  sentence: string,
): Finding {
  return findingAt(change, { ...at, column: PARENT }, sentence);
}
