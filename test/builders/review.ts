import { COLUMNS } from "../../src/core/log/columns.ts";
import type { LogDiff, RowChange } from "../../src/core/log/diff.ts";
import type { ReviewInputForRender } from "../../src/core/report/review/review-comment.ts";
import type { Finding } from "../../src/core/review/review.ts";
import { type Cells, logTable } from "./log-table.ts";
import { sessionSettings } from "./report.ts";

/** What differs between rows by id and cell, worked out the plain way. */
export function logDiff(
  before: readonly Cells[],
  after: readonly Cells[],
  overrides: Partial<LogDiff> = {},
): LogDiff {
  const [base, head] = [logTable(before), logTable(after)];
  const change = (id: string, row: number): RowChange => {
    const [old, young] = [base.rowOf(id), head.rowOf(id)];
    const cells = COLUMNS.map((column) => ({
      column,
      before: old === undefined ? "" : base.cell(old, column),
      after: young === undefined ? "" : head.cell(young, column),
    }));
    return { experimentId: id, row, cells: cells.filter((cell) => cell.before !== cell.after) };
  };
  const changesOf = (table: typeof base) =>
    Array.from({ length: table.rowCount }, (_, row) =>
      change(table.cell(row, "experiment_id"), row),
    );
  const isThere = (table: typeof base) => (row: RowChange) =>
    table.rowOf(row.experimentId) !== undefined;
  const kept = changesOf(head).filter(isThere(base));
  return {
    added: changesOf(head).filter((row) => !isThere(base)(row)),
    changed: kept.filter(({ cells }) => cells.length > 0),
    removed: changesOf(base).filter((row) => !isThere(head)(row)),
    rewritten: [],
    isHeaderRewritten: false,
    isReordered: false,
    columnsAdded: [],
    columnsRemoved: [],
    ...overrides,
  };
}

/** A finding, with overrides. */
export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    level: "error",
    code: "row-deleted",
    sentence: 'The row "exp-003" is gone; no row is ever deleted. Put it back.',
    path: "experiments/default/experiment_log.csv",
    line: 4,
    ...overrides,
  };
}

interface SessionOverrides extends Partial<Omit<ReviewInputForRender, "review">> {
  readonly findings?: readonly Finding[];
  readonly diff?: Partial<LogDiff>;
}

/** A session whose log had one list of rows and has another. */
export function reviewedSession(
  before: readonly Cells[],
  after: readonly Cells[],
  overrides: SessionOverrides = {},
): ReviewInputForRender {
  const { findings = [], diff = {}, ...rest } = overrides;
  const session = rest.session ?? "default";
  return {
    session,
    base: logTable(before),
    head: logTable(after),
    settings: sessionSettings({ objective: { mode: "min", sameTask: false } }),
    review: { session, findings, diff: logDiff(before, after, diff) },
    redact: (text) => text,
    linkTo: (path, line) => `https://github.test/${path}#L${line ?? 1}`,
    ...rest,
  };
}
