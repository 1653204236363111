import { type Column, TIMESTAMP_COLUMNS } from "../log/columns.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { formatInstant } from "../text/time.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

/** Clocks of different machines differ. */
export const CLOCK_TOLERANCE_SECONDS = 300;

const SPANS = [
  { from: "started_at", to: "ended_at" },
  { from: "created_at", to: "updated_at" },
] as const satisfies readonly { from: Column; to: Column }[];

/** Times of a row run forwards; `updated_at` also from the base to the head. */
export function reviewOrder(change: LogChange, touched: TouchedRow): readonly Finding[] {
  return [
    ...SPANS.flatMap((span) => reviewSpan(change, touched, span)),
    ...reviewUpdated(change, touched),
  ];
}

function reviewSpan(
  change: LogChange,
  touched: TouchedRow,
  { from, to }: (typeof SPANS)[number],
): readonly Finding[] {
  const { head } = change;
  const { row, columns } = touched;
  const column = columns.has(to) ? to : from;
  const start = head.instant(row, from);
  const end = head.instant(row, to);
  if (!columns.has(column) || start === undefined || end === undefined || end >= start) return [];
  const what = `${to} ${head.cell(row, to)} is before ${from} ${head.cell(row, from)}`;
  return [backwards(change, { touched, column }, `${what}. Correct the one that is wrong.`)];
}

function reviewUpdated(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { base, head } = change;
  const { row, baseRow, columns } = touched;
  if (baseRow === undefined || !columns.has("updated_at")) return [];
  const before = base.instant(baseRow, "updated_at");
  const after = head.instant(row, "updated_at");
  if (before === undefined || after === undefined) return [];
  if (after >= before - CLOCK_TOLERANCE_SECONDS) return [];
  const what = `updated_at goes back from ${formatInstant(before)} to ${formatInstant(after)}`;
  return [
    backwards(
      change,
      { touched, column: "updated_at" },
      `${what}. Write when the row was changed.`,
    ),
  ];
}

function backwards(
  change: LogChange,
  at: { readonly touched: TouchedRow; readonly column: Column },
  what: string,
): Finding {
  const id = quoteUntrusted(at.touched.experimentId);
  return findingAt(change, { ...at, code: "time-backwards" }, `of experiment ${id}, ${what}`);
}

/** Nothing has happened yet that lies in the future. */
export function reviewFuture(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { head, now } = change;
  const { row, columns, experimentId } = touched;
  return TIMESTAMP_COLUMNS.filter((column) => columns.has(column)).flatMap((column) => {
    const instant = head.instant(row, column);
    if (instant === undefined || instant <= now + CLOCK_TOLERANCE_SECONDS) return [];
    const sentence = `${column} of experiment ${quoteUntrusted(experimentId)} lies in the future: ${formatInstant(instant)}, and it is ${formatInstant(now)}. Write the time in UTC.`;
    return [findingAt(change, { touched, column, code: "time-future" }, sentence)];
  });
}
