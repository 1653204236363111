import type { Status } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import { parseInstant } from "../text/time.ts";
import { isInfraFailure } from "./failure.ts";
import type { ResolvedObjective } from "./objective.ts";

/** What the analysis needs of every row, read in one pass; arrays are indexed by row. */
export interface LogScan {
  readonly rowCount: number;
  readonly statuses: readonly Status[];
  /** Objective values; `NaN` where a row has none that is finite. */
  readonly values: Float64Array;
  /** Instants in seconds since 1970; `NaN` where absent. */
  readonly startedAt: Float64Array;
  readonly endedAt: Float64Array;
  readonly updatedAt: Float64Array;
  /** The newest `updated_at`; `NaN` for an empty log. Elapsed times are measured at it, so that no clock is asked. */
  readonly newest: number;
  /** Completed comparable rows with a finite value, by end; ties in file order. */
  readonly ranked: readonly number[];
  /** Completed rows with a value of another metric, mode or task: listed, never ranked. */
  readonly notComparable: readonly number[];
  /** Failed rows that count as results, by end: infra failures are left out. */
  readonly failures: readonly number[];
  readonly infraFailures: ReadonlySet<number>;
}

/** Reads a log once for an objective. */
export function scanLog(table: LogTable, objective: ResolvedObjective): LogScan {
  const columns = readColumns(table);
  const { statuses, values } = columns;
  const ranked: number[] = [];
  const notComparable: number[] = [];
  const failures: number[] = [];
  const infraFailures = new Set<number>();
  for (let row = 0; row < table.rowCount; row++) {
    const status = statuses[row];
    if (status === "failed") {
      if (isInfraFailure(table.cell(row, "result_summary"))) infraFailures.add(row);
      else failures.push(row);
    } else if (status === "completed" && !Number.isNaN(values[row])) {
      (isComparable(table, row, objective) ? ranked : notComparable).push(row);
    }
  }
  sortByEnd(ranked, columns);
  sortByEnd(failures, columns);
  return { rowCount: table.rowCount, ...columns, ranked, notComparable, failures, infraFailures };
}

/** When a row ended, as far as the log knows: `ended_at`, else `updated_at`. */
export function endOf(scan: Pick<LogScan, "endedAt" | "updatedAt">, row: number): number {
  const ended = scan.endedAt[row] ?? Number.NaN;
  return Number.isNaN(ended) ? (scan.updatedAt[row] ?? Number.NaN) : ended;
}

/** How long a row ran in seconds: to its end, or to the newest update while it runs; `undefined` when unknown. */
export function runtimeOf(scan: LogScan, row: number): number | undefined {
  const started = scan.startedAt[row] ?? Number.NaN;
  const ended = scan.statuses[row] === "running" ? scan.newest : (scan.endedAt[row] ?? Number.NaN);
  const runtime = ended - started;
  return runtime >= 0 ? runtime : undefined;
}

/** Orders rows by end, ties in file order. A log is mostly written in that order, which costs one look. */
export function sortByEnd(rows: number[], scan: Pick<LogScan, "endedAt" | "updatedAt">): void {
  const inOrder = rows.every((row, at) => at === 0 || byEnd(scan, rows[at - 1] ?? row, row) <= 0);
  if (!inOrder) rows.sort((a, b) => byEnd(scan, a, b));
}

type Columns = Pick<
  LogScan,
  "statuses" | "values" | "startedAt" | "endedAt" | "updatedAt" | "newest"
>;

function readColumns(table: LogTable): Columns {
  const statuses: Status[] = [];
  const values = new Float64Array(table.rowCount);
  const startedAt = new Float64Array(table.rowCount);
  const endedAt = new Float64Array(table.rowCount);
  const updatedAt = new Float64Array(table.rowCount);
  let newest = Number.NaN;
  for (let row = 0; row < table.rowCount; row++) {
    statuses.push(table.cell(row, "status") as Status);
    values[row] = parseValue(table.cell(row, "objective_value"));
    startedAt[row] = parseInstant(table.cell(row, "started_at")) ?? Number.NaN;
    endedAt[row] = parseInstant(table.cell(row, "ended_at")) ?? Number.NaN;
    const updated = parseInstant(table.cell(row, "updated_at")) ?? Number.NaN;
    updatedAt[row] = updated;
    if (!(updated <= newest) && !Number.isNaN(updated)) newest = updated;
  }
  return { statuses, values, startedAt, endedAt, updatedAt, newest };
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function parseValue(text: string): number {
  if (!DECIMAL.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A row without a mode of its own takes the session's; a row without the metric is not comparable. */
function isComparable(table: LogTable, row: number, objective: ResolvedObjective): boolean {
  if (table.cell(row, "objective_metric") !== (objective.metric ?? "")) return false;
  if (objective.sameTask && table.cell(row, "task_key") !== (objective.task ?? "")) return false;
  if (objective.modeForced || table.isEmpty(row, "objective_mode")) return true;
  return table.cell(row, "objective_mode") === objective.mode;
}

function byEnd(scan: Pick<LogScan, "endedAt" | "updatedAt">, a: number, b: number): number {
  const [endA, endB] = [endOf(scan, a), endOf(scan, b)];
  if (endA === endB || (Number.isNaN(endA) && Number.isNaN(endB))) return a - b;
  if (Number.isNaN(endA)) return 1;
  if (Number.isNaN(endB)) return -1;
  return endA - endB;
}
