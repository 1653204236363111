import { launchIn, mayHaveStarted } from "../command/facts.ts";
import { statusWords } from "../log/status-words.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

/** An experiment was created once. */
export function reviewCreated(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { base, head } = change;
  const { baseRow, row, columns } = touched;
  if (baseRow === undefined || !columns.has("created_at") || base.isEmpty(baseRow, "created_at"))
    return [];
  if (base.instant(baseRow, "created_at") === head.instant(row, "created_at")) return [];
  const id = quoteUntrusted(touched.experimentId);
  const sentence = `created_at of experiment ${id} is changed; it is set once. Restore ${base.cell(baseRow, "created_at")}.`;
  return [
    findingAt(change, { touched, column: "created_at", code: "created-at-changed" }, sentence),
  ];
}

/** What was expected is recorded before it is known, as `/hypothesis` has it. */
export function reviewHypothesis(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { base, launchesBefore: launches } = change;
  const { baseRow, experimentId, columns } = touched;
  if (baseRow === undefined || !columns.has("hypothesis")) return [];
  // A log without statuses says of no experiment that it is more than planned.
  const isPlanned = !base.header.includes("status") || base.holds(baseRow, "status", "planned");
  if (isPlanned && !mayHaveStarted(launchIn({ launches }, experimentId))) return [];
  const state = isPlanned ? "launched, or may be" : statusWords(base, baseRow);
  const sentence = `the hypothesis of experiment ${quoteUntrusted(experimentId)} is edited though it is ${state}; a hypothesis is recorded before the launch. Write what you think of it now into notes.`;
  return [findingAt(change, { touched, column: "hypothesis", code: "hypothesis-late" }, sentence)];
}
