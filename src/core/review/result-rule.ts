import { FORCED } from "../command/build-facts.ts";
import { type Column, FINISHED, type Status } from "../log/columns.ts";
import { decodeMetrics, isSameMetric } from "../log/metrics-cell.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import { isRequeue } from "./requeue.ts";
import type { Finding } from "./review.ts";

/** Moved values that a sentence names. */
const MOST_NAMED = 5;

/**
 * A final result stays as it is, unless a note that begins `correction:` or a `/result --force` says why, or the job
 * ran again. A result is final once a finished experiment has a value, as `/result` has it; where no objective is
 * named, once it has metrics. Of other metrics a late sync may bring newer ones, which is worth a look.
 */
export function reviewResult(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { baseRow } = touched;
  if (baseRow === undefined || !isFinished(change, baseRow)) return [];
  const moves = [...valueMoves(change, touched, baseRow), ...metricMoves(change, touched, baseRow)];
  const [first] = moves;
  if (first === undefined || isExplained(change, touched, baseRow)) return [];
  const isFinal = moves.some((move) => move.isFinal);
  if (!isFinal && (isSettledNow(change, touched) || hasCommand(change, touched))) return [];
  const id = quoteUntrusted(touched.experimentId);
  const more = moves.length > MOST_NAMED ? [`${moves.length - MOST_NAMED} more`] : [];
  const list = [...moves.slice(0, MOST_NAMED).map(({ said }) => said), ...more].join(", ");
  const at = {
    touched,
    column: first.column,
    code: isFinal ? "result-edited" : "metric-changed-late",
  } as const;
  const remedy = isFinal
    ? "Restore it, or say why in a line of notes that begins `correction:`."
    : "A late sync does that; anybody else says why in a line of notes that begins `correction:`.";
  const what = isFinal ? "its result is final" : "it has no objective value yet";
  return [
    findingAt(
      change,
      at,
      `experiment ${id} is finished and ${what}; this changes ${list}. ${remedy}`,
    ),
  ];
}

interface Move {
  readonly column: Column;
  /** What moved, old and new; outside text quoted. */
  readonly said: string;
  readonly isFinal: boolean;
}

function isFinished({ base }: LogChange, row: number): boolean {
  return FINISHED.has(base.cell(row, "status") as Status);
}

/** Metric and mode say what the value means: with another one it is another result. */
const OF_VALUE = ["objective_value", "objective_metric", "objective_mode"] as const;

function valueMoves(change: LogChange, touched: TouchedRow, baseRow: number): readonly Move[] {
  const { base, head } = change;
  if (base.isEmpty(baseRow, "objective_value")) return [];
  return OF_VALUE.filter((column) => touched.columns.has(column)).flatMap((column) => {
    const before = base.cell(baseRow, column);
    const after = head.cell(touched.row, column);
    if (before === "" || isSameNumber(before, after)) return [];
    return [{ column, said: sayMove(column, before, after), isFinal: true }];
  });
}

/** A number that is written with other digits is the same result. */
function isSameNumber(before: string, after: string): boolean {
  return after.trim() !== "" && Number(before) === Number(after);
}

function sayMove(what: string, before: string, after: string): string {
  return `${what} ${quoteUntrusted(before)} → ${after === "" ? "nothing" : quoteUntrusted(after)}`;
}

function metricMoves(change: LogChange, touched: TouchedRow, baseRow: number): readonly Move[] {
  const { base, head } = change;
  if (!touched.columns.has("metrics_json")) return [];
  const after = decodeMetrics(head.cell(touched.row, "metrics_json"));
  const isFinal = !base.isEmpty(baseRow, "objective_value") || !hasObjective(change, baseRow);
  const column = "metrics_json";
  return [...decodeMetrics(base.cell(baseRow, column))].flatMap(([name, value]) => {
    const isKept = after.has(name);
    if (isKept && isSameMetric(value, after.get(name))) return [];
    const now = isKept ? JSON.stringify(after.get(name)) : "";
    const said = sayMove(`metric ${quoteUntrusted(name)}`, JSON.stringify(value), now);
    return [{ column, said, isFinal: isFinal || !isKept } as const];
  });
}

function hasObjective({ base, settings }: LogChange, row: number): boolean {
  return settings.objective.metric !== undefined || !base.isEmpty(row, "objective_metric");
}

/** `/note` puts before a note who wrote it and on which day. */
const CORRECTION = /^(?:\S{1,100} \(\d{4}-\d\d-\d\d\): )?correction:/i;

function isExplained(change: LogChange, touched: TouchedRow, baseRow: number): boolean {
  const notes = change.head.cell(touched.row, "notes").split(/\r\n|\n|\r/);
  return (
    notes.some((line) => CORRECTION.test(line)) ||
    resultsOf(change, touched).some(({ detail }) => detail.startsWith(FORCED)) ||
    isRequeue(change, { baseRow, row: touched.row })
  );
}

function resultsOf({ newEntries }: LogChange, { experimentId }: TouchedRow) {
  const entries = newEntries.get(experimentId) ?? [];
  return entries.filter(
    ({ outcome, command }) => outcome === "applied" && /^\/result(?!\S)/.test(command),
  );
}

function hasCommand(change: LogChange, touched: TouchedRow): boolean {
  return resultsOf(change, touched).length > 0;
}

/** A late sync that brings the objective's value brings the last metrics with it. */
function isSettledNow({ head }: LogChange, { row, columns }: TouchedRow): boolean {
  return columns.has("objective_value") && !head.isEmpty(row, "objective_value");
}
