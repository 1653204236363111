import { FORCED } from "../command/build-facts.ts";
import { isOf } from "../command/ledger.ts";
import type { Column } from "../log/columns.ts";
import { isFinished } from "../log/is-finished.ts";
import { comparableMetrics } from "../log/metrics-cell.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import { type Rerun, showsRerun } from "./requeue.ts";
import type { Finding } from "./review.ts";

/** Moved values that a sentence names. */
const MOST_NAMED = 5;

/**
 * A final result stays as it is, unless a new note that begins `correction:` or a `/result --force` says why, or the
 * job ran again; that it has ended again only its own cells say, which is worth a look. A result is final once a finished experiment has a value, as `/result` has it; where no objective is
 * named, once it has metrics. Of other metrics a late sync may bring newer ones, which is worth a look.
 */
export function reviewResult(change: LogChange, touched: TouchedRow): readonly Finding[] {
  const { baseRow } = touched;
  if (baseRow === undefined || !isFinished(change.base, baseRow)) return [];
  const moves = [...valueMoves(change, touched, baseRow), ...metricMoves(change, touched, baseRow)];
  const [first] = moves;
  if (first === undefined || isExplained(change, touched, baseRow)) return [];
  const rerun = showsRerun(change, { baseRow, row: touched.row });
  const isFinal = moves.some((move) => move.isFinal);
  if (rerun === "running" || (!isFinal && isHarmless(change, touched, rerun))) return [];
  const id = quoteUntrusted(touched.experimentId);
  const more = moves.length > MOST_NAMED ? [`${moves.length - MOST_NAMED} more`] : [];
  const list = [...moves.slice(0, MOST_NAMED).map(({ said }) => said), ...more].join(", ");
  const { code, what, remedy } = VERDICTS[isFinal ? (rerun ?? "edited") : "late"];
  const sentence = `experiment ${id} ${what}; this changes ${list}. ${remedy}`;
  return [findingAt(change, { touched, column: first.column, code }, sentence)];
}

const VERDICTS = {
  edited: {
    code: "result-edited",
    what: "is finished and its result is final",
    remedy: "Restore it, or say why in a new line of notes that begins `correction:`.",
  },
  ended: {
    code: "result-rerun",
    what: "is said to have run again, so that its final result is replaced",
    remedy: "A requeue of the job does that; look whether there was one.",
  },
  late: {
    code: "metric-changed-late",
    what: "is finished and it has no objective value yet",
    remedy:
      "A late sync does that; anybody else says why in a new line of notes that begins `correction:`.",
  },
} as const;

interface Move {
  readonly column: Column;
  /** What moved, old and new; outside text quoted. */
  readonly said: string;
  readonly isFinal: boolean;
}

/** Metric and mode say what the value means: with another one it is another result. */
const OF_VALUE = ["objective_value", "objective_metric", "objective_mode"] as const;

function valueMoves(change: LogChange, touched: TouchedRow, baseRow: number): readonly Move[] {
  const { base, head } = change;
  if (base.isEmpty(baseRow, "objective_value")) return [];
  return OF_VALUE.filter((column) => touched.columns.has(column)).flatMap((column) => {
    const before = base.cell(baseRow, column);
    const after = head.cell(touched.row, column);
    const isSame = column === "objective_value" && isSameNumber(before, after);
    if (before === "" || isSame) return [];
    return [{ column, said: sayMove(column, before, after), isFinal: true }];
  });
}

/** A number that is written with other digits is the same result; a large whole one counts with all its digits. */
function isSameNumber(before: string, after: string): boolean {
  const isSame = after.trim() !== "" && Number(before) === Number(after);
  return isSame && digitsOf(before) === digitsOf(after);
}

function digitsOf(text: string): string {
  const isRounded = /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
  return isRounded ? text : String(Number(text));
}

function sayMove(what: string, before: string, after: string): string {
  return `${what} ${quoteUntrusted(before)} → ${after === "" ? "nothing" : quoteUntrusted(after)}`;
}

function metricMoves(change: LogChange, touched: TouchedRow, baseRow: number): readonly Move[] {
  const { base, head } = change;
  if (!touched.columns.has("metrics_json")) return [];
  const after = comparableMetrics(head.cell(touched.row, "metrics_json"));
  const isFinal = !base.isEmpty(baseRow, "objective_value") || !hasObjective(change, baseRow);
  const column = "metrics_json";
  return [...comparableMetrics(base.cell(baseRow, column))].flatMap(([name, value]) => {
    const now = after.get(name);
    if (now === value) return [];
    const said = sayMove(`metric ${quoteUntrusted(name)}`, value, now ?? "");
    return [{ column, said, isFinal: isFinal || now === undefined } as const];
  });
}

function hasObjective({ base, settings }: LogChange, row: number): boolean {
  return settings.objective.metric !== undefined || !base.isEmpty(row, "objective_metric");
}

/** `/note` puts before a note who wrote it and on which day. */
const CORRECTION = /^(?:\S{1,100} \(\d{4}-\d\d-\d\d\): )?correction:\s*\S/i;

function isExplained(change: LogChange, touched: TouchedRow, baseRow: number): boolean {
  const before = correctionsIn(change.base.cell(baseRow, "notes"));
  const after = correctionsIn(change.head.cell(touched.row, "notes"));
  return (
    hasMore(after, before) ||
    resultsOf(change, touched).some(({ detail }) => detail.startsWith(FORCED))
  );
}

/** The lines that say why a result was corrected, each with how often it stands there. */
function correctionsIn(notes: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of notes.split(/\r\n|\n|\r/)) {
    const text = line.trimEnd();
    if (CORRECTION.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** What stood there before explains no later edit. */
function hasMore(after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): boolean {
  return [...after].some(([line, count]) => count > (before.get(line) ?? 0));
}

function isHarmless(change: LogChange, touched: TouchedRow, rerun: Rerun | undefined): boolean {
  return rerun !== undefined || isSettledNow(change, touched) || hasCommand(change, touched);
}

function resultsOf({ newEntries }: LogChange, { experimentId }: TouchedRow) {
  const entries = newEntries.get(experimentId) ?? [];
  return entries.filter((entry) => entry.outcome === "applied" && isOf("result", entry));
}

function hasCommand(change: LogChange, touched: TouchedRow): boolean {
  return resultsOf(change, touched).length > 0;
}

/** A late sync that brings the objective's value brings the last metrics with it. */
function isSettledNow({ head }: LogChange, { row, columns }: TouchedRow): boolean {
  return columns.has("objective_value") && !head.isEmpty(row, "objective_value");
}
