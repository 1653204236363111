import { FINISHED, type Status } from "../log/columns.ts";
import { nextStatus } from "../log/transitions.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import { isRequeue } from "./requeue.ts";
import type { Finding } from "./review.ts";

/** A status moves along the table of docs/log.md, "Transitions", by whomever; only a requeue that the row shows reopens it. */
export function reviewStatus(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { base, head } = change;
  const { baseRow, row, columns } = touched;
  if (baseRow === undefined || !columns.has("status")) return [];
  const from = base.cell(baseRow, "status") as Status | "";
  const to = head.cell(row, "status") as Status | "";
  if (from === "") return [];
  const reason =
    to === "" ? "a status is never taken away" : reasonAgainst(change, touched, [from, to]);
  if (reason === undefined) return [];
  const code = FINISHED.has(from) ? "status-reopened" : "status-illegal";
  const id = quoteUntrusted(touched.experimentId);
  const sentence = `experiment ${id} goes from ${from} to ${to || "no status"}: ${reason}. Restore the status, and record a new experiment with this one as its parent instead.`;
  return [findingAt(change, { touched, column: "status", code }, sentence)];
}

function reasonAgainst(
  change: LogChange,
  { row, baseRow }: TouchedRow,
  [from, to]: readonly [Status, Status],
): string | undefined {
  const isRequeued = isRequeue(change, { baseRow: baseRow as number, row });
  const byQueue = nextStatus(from, to, { by: "queue", isRequeue: isRequeued });
  const byPerson = nextStatus(from, to, { by: "person", isRequeue: false });
  if (byQueue.kind !== "ignore" || byPerson.kind !== "ignore") return undefined;
  return byQueue.reason;
}
