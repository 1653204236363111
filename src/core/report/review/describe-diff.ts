import type { LogDiff, RowChange } from "../../log/diff.ts";

/** A row that differs, for machines. */
export interface DescribedRow {
  readonly experiment_id: string;
  /** From 1, without the header. */
  readonly row: number;
  readonly cells: readonly {
    readonly column: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** The differences of a log as plain JSON; keys in snake_case as all results have them. */
export interface DescribedDiff {
  readonly added: readonly DescribedRow[];
  readonly changed: readonly DescribedRow[];
  readonly removed: readonly DescribedRow[];
  readonly rewritten: readonly { readonly experiment_id: string; readonly row: number }[];
  readonly header_rewritten: boolean;
  readonly reordered: boolean;
  readonly columns_added: readonly string[];
  readonly columns_removed: readonly string[];
}

/** The differences of a log for `diff --json`; rows are counted from 1, without the header. */
export function describeDiff(diff: LogDiff): DescribedDiff {
  return {
    added: diff.added.map(describeRow),
    changed: diff.changed.map(describeRow),
    removed: diff.removed.map(describeRow),
    rewritten: diff.rewritten.map(({ experimentId, row }) => ({
      experiment_id: experimentId,
      row: row + 1,
    })),
    header_rewritten: diff.isHeaderRewritten,
    reordered: diff.isReordered,
    columns_added: diff.columnsAdded,
    columns_removed: diff.columnsRemoved,
  };
}

function describeRow({ experimentId, row, cells }: RowChange): DescribedRow {
  return {
    experiment_id: experimentId,
    row: row + 1,
    cells: cells.map(({ column, before, after }) => ({ column, before, after })),
  };
}
