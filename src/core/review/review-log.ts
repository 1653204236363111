import { type LogChange, type TouchedRow, touchedRows } from "./log-change.ts";
import { reviewParents } from "./parent-rules.ts";
import { reviewProposals } from "./proposal-rule.ts";
import { reviewResult } from "./result-rule.ts";
import type { Finding } from "./review.ts";
import { reviewStatus } from "./status-rule.ts";
import { reviewColumns, reviewRemoved, reviewUntouched } from "./structure-rules.ts";
import { reviewCreated, reviewHypothesis } from "./text-rules.ts";
import { reviewFuture, reviewOrder } from "./time-rules.ts";
import { reviewTooGood } from "./too-good-rule.ts";
import { reviewMissingMetric, reviewMissingValue } from "./value-rules.ts";

/** Rules about the log as a whole. */
const LOG_RULES: readonly ((change: LogChange) => readonly Finding[])[] = [
  reviewRemoved,
  reviewColumns,
  reviewUntouched,
];

/** Rules about all rows that are new or changed. */
const ROWS_RULES: readonly ((
  change: LogChange,
  rows: readonly TouchedRow[],
) => readonly Finding[])[] = [reviewParents, reviewProposals, reviewTooGood];

/** Rules about one row that is new or changed. */
const ROW_RULES: readonly ((change: LogChange, touched: TouchedRow) => readonly Finding[])[] = [
  reviewStatus,
  reviewResult,
  reviewMissingValue,
  reviewMissingMetric,
  reviewOrder,
  reviewFuture,
  reviewCreated,
  reviewHypothesis,
];

/** What a change of a log does that a reviewer should know, in no order. */
export function reviewLog(change: LogChange): readonly Finding[] {
  const rows = touchedRows(change);
  return [
    ...LOG_RULES.flatMap((rule) => rule(change)),
    ...ROWS_RULES.flatMap((rule) => rule(change, rows)),
    ...rows.flatMap((touched) => ROW_RULES.flatMap((rule) => rule(change, touched))),
  ];
}
