import type { LogDiff, RowChange } from "../log/diff.ts";
import type { LogTable } from "../log/table.ts";
import { present } from "../text/present.ts";
import type { Redactor } from "../text/redact.ts";
import type { Review } from "./review.ts";

/**
 * A review without the secrets of its texts. They are taken out before anything is shortened or split into words, which
 * could leave of a secret a piece that is not known for one.
 */
export function redactReview(review: Review, redact: Redactor): Review {
  const findings = review.findings.map((finding) => ({
    ...finding,
    sentence: redact(finding.sentence),
  }));
  const diff = review.diff === undefined ? undefined : redactDiff(review.diff, redact);
  const newEntries = review.newEntries?.map((entry) => ({
    ...entry,
    actor: redact(entry.actor),
    command: redact(entry.command),
    experimentId: redact(entry.experimentId),
  }));
  return { ...review, findings, diff, ...present({ newEntries }) };
}

/** The differences of a log without the secrets of its cells. */
export function redactDiff(diff: LogDiff, redact: Redactor): LogDiff {
  const redactRow = (row: RowChange): RowChange => ({
    ...row,
    cells: row.cells.map(({ column, before, after }) => ({
      column,
      before: redact(before),
      after: redact(after),
    })),
  });
  return {
    ...diff,
    added: diff.added.map(redactRow),
    changed: diff.changed.map(redactRow),
    removed: diff.removed.map(redactRow),
  };
}

/** A log whose cells are read without secrets. */
export function redactTable(table: LogTable, redact: Redactor): LogTable {
  return { ...table, cell: (row, column) => redact(table.cell(row, column)) };
}
