import type { RowChange } from "../log/diff.ts";
import { isDrawnAlike, LOOKS_THE_SAME } from "../text/drawn-alike.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { LogChange } from "./log-change.ts";
import type { Finding } from "./review.ts";
import { createFinding } from "./rules.ts";

/** Rows that are gone, and rows that go on under another id. */
export function reviewRemoved(change: LogChange): readonly Finding[] {
  const { diff, places } = change;
  if (diff.removed.length === 0) return [];
  const takeRenamed = indexAdded(diff.added);
  const gapOf = findGaps(change);
  return diff.removed.map((removed) => {
    const renamed = takeRenamed(removed);
    const id = quoteUntrusted(removed.experimentId);
    if (renamed !== undefined) {
      const place = {
        ...places.ofCell(renamed.row, "experiment_id"),
        experimentId: renamed.experimentId,
      };
      const isAlike = isDrawnAlike(removed.experimentId, renamed.experimentId);
      const other = `${quoteUntrusted(renamed.experimentId)}${isAlike ? ` ${LOOKS_THE_SAME}` : ""}`;
      const sentence = `experiment ${id} has another experiment_id, ${other}; an id is stable. Restore it.`;
      return createFinding("id-changed", place, sentence);
    }
    const place = { ...places.ofGap(gapOf(removed.row)), experimentId: removed.experimentId };
    const sentence = `the row of experiment ${id} is gone; experiments are never discarded. Restore it, and set its status to superseded if it no longer counts.`;
    return createFinding("row-deleted", place, sentence);
  });
}

/** Finds the new row that holds the cells of one that is gone; each is found once. */
function indexAdded(added: readonly RowChange[]): (removed: RowChange) => RowChange | undefined {
  const rows = new Map<string, RowChange[]>();
  for (const row of added.toReversed()) {
    const key = fingerprint(row);
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  return (removed) => rows.get(fingerprint(removed))?.pop();
}

/** All cells of a row but its id and when it was changed. */
function fingerprint({ cells }: RowChange): string {
  const kept = cells.filter(({ column }) => column !== "experiment_id" && column !== "updated_at");
  return JSON.stringify(kept.map(({ column, before, after }) => [column, before || after]).sort());
}

/** Finds where in the head a row of the base would stand: behind the one that it followed. */
function findGaps({ base, head }: LogChange): (baseRow: number) => number {
  const gaps: number[] = [];
  let next = 0;
  for (let row = 0; row < base.rowCount; row += 1) {
    const kept = head.rowOf(base.cell(row, "experiment_id"));
    next = kept === undefined ? next : kept + 1;
    gaps.push(next);
  }
  return (row) => gaps[row] as number;
}

/** Columns that are gone, with what stood in them, and columns that changed places. */
export function reviewColumns(change: LogChange): readonly Finding[] {
  const { base, head, diff, places } = change;
  const removed = diff.columnsRemoved.map((column) => {
    const sentence = `the column ${quoteUntrusted(column)} is gone, with what stood in it. Restore it; columns are kept, unknown ones too.`;
    return createFinding("column-removed", places.ofHeader(), sentence);
  });
  const [before, after] = [new Set(base.header), new Set(head.header)];
  const kept = base.header.filter((column) => after.has(column));
  const now = head.header.filter((column) => before.has(column));
  const moved = kept.find((column, at) => column !== now[at]);
  if (moved === undefined) return removed;
  const sentence = `columns stand in another order, from ${quoteUntrusted(moved)} on, which rewrites every row. Put them back.`;
  return [...removed, createFinding("columns-reordered", places.ofHeader(), sentence)];
}

/** Rows whose cells nobody changed, and which are not as they were. */
export function reviewUntouched({ base, head, diff, places }: LogChange): readonly Finding[] {
  const { rewritten, isReordered, isHeaderRewritten } = diff;
  const findings: Finding[] = [];
  const [first] = rewritten;
  if (isHeaderRewritten) {
    const sentence =
      "the header is written anew with the same columns (quoting or byte order mark). Leave it as it is.";
    findings.push(createFinding("rows-rewritten", places.ofHeader(), sentence));
  }
  if (first !== undefined) {
    const { experimentId, row } = first;
    const count = rewritten.length === 1 ? "1 row is" : `${rewritten.length} rows are`;
    const sentence = `${count} written anew with the same cells (quoting or line ends), first that of experiment ${quoteUntrusted(experimentId)}. Leave rows that you do not change as they are, so that a change of one row changes one record.`;
    findings.push(
      createFinding("rows-rewritten", { ...places.ofRow(row), experimentId }, sentence),
    );
  }
  if (isReordered) {
    const row = firstOutOfPlace({ base, head });
    const experimentId = head.cell(row, "experiment_id");
    const sentence = `rows stand in another order, first that of experiment ${quoteUntrusted(experimentId)}. Put them back; new rows come last.`;
    findings.push(
      createFinding("rows-reordered", { ...places.ofRow(row), experimentId }, sentence),
    );
  }
  return findings;
}

/** The first row of the head that stands behind one it stood in front of; there is one. */
function firstOutOfPlace({ base, head }: Pick<LogChange, "base" | "head">): number {
  let last = -1;
  const rows = Array.from({ length: head.rowCount }, (_, row) => row);
  return rows.find((row) => {
    const before = base.rowOf(head.cell(row, "experiment_id")) ?? last;
    const isBehind = before < last;
    last = before;
    return isBehind;
  }) as number;
}
