import type { Column, Status } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
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
  /** When rows ended, as far as the log knows: `ended_at`, else `updated_at`, else never. */
  readonly endAt: Float64Array;
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

/** The cells of every row, before it is known what is comparable. */
export type ScannedCells = Omit<LogScan, "ranked" | "notComparable" | "failures" | "infraFailures">;

/** Reads the cells of a log that the analysis needs, in one pass. */
export function scanCells(table: LogTable): ScannedCells {
  const { rowCount } = table;
  const statuses: Status[] = [];
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    statuses.push(statusOf(table, row));
    values[row] = parseValue(table.cell(row, "objective_value"));
  }
  const startedAt = readInstants(table, "started_at");
  const endedAt = readInstants(table, "ended_at");
  const updatedAt = readInstants(table, "updated_at");
  const endAt = endedAt.map((ended, row) => ended || updatedAt[row] || Number.MAX_VALUE);
  const newest = latest(updatedAt);
  return { rowCount, statuses, values, startedAt, endedAt, updatedAt, endAt, newest };
}

/** Sorts rows by what they count for. */
export function scanLog(
  table: LogTable,
  cells: ScannedCells,
  objective: ResolvedObjective,
): LogScan {
  const ranked: number[] = [];
  const notComparable: number[] = [];
  const failures: number[] = [];
  const infraFailures = new Set<number>();
  for (let row = 0; row < table.rowCount; row++) {
    const status = cells.statuses[row];
    if (status === "failed") {
      if (isInfraFailure(table.cell(row, "result_summary"))) infraFailures.add(row);
      else failures.push(row);
    } else if (status === "completed" && !Number.isNaN(cells.values[row])) {
      (isComparable(table, row, objective) ? ranked : notComparable).push(row);
    }
  }
  sortByEnd(ranked, cells);
  sortByEnd(failures, cells);
  return { ...cells, ranked, notComparable, failures, infraFailures };
}

/** A row's status; a log that holds any other text there is not decoded. */
export function statusOf(table: LogTable, row: number): Status {
  return table.cell(row, "status") as Status;
}

/** How long a row ran in seconds: to its end, or to the newest update while it runs; `undefined` when unknown. */
export function runtimeOf(scan: LogScan, row: number): number | undefined {
  const ended = scan.statuses[row] === "running" ? scan.newest : numberAt(scan.endedAt, row);
  const runtime = ended - numberAt(scan.startedAt, row);
  return runtime >= 0 ? runtime : undefined;
}

/** Orders rows by end, ties in file order. A log is mostly written in that order, which costs one look. */
export function sortByEnd(rows: number[], { endAt }: Pick<LogScan, "endAt">): void {
  const byEnd = (a: number, b: number) => numberAt(endAt, a) - numberAt(endAt, b) || a - b;
  let before: number | undefined;
  for (const row of rows) {
    if (before !== undefined && byEnd(before, row) > 0) {
      rows.sort(byEnd);
      return;
    }
    before = row;
  }
}

/** The number of a row; `NaN` for one that is not there. */
export function numberAt(numbers: Float64Array, row: number): number {
  return numbers[row] ?? Number.NaN;
}

function readInstants(table: LogTable, column: Column): Float64Array {
  const instants = new Float64Array(table.rowCount);
  for (let row = 0; row < instants.length; row++) {
    instants[row] = table.instant(row, column) ?? Number.NaN;
  }
  return instants;
}

function latest(instants: Float64Array): number {
  let newest = Number.NaN;
  for (const instant of instants) {
    if (!Number.isNaN(instant) && !(instant <= newest)) newest = instant;
  }
  return newest;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function parseValue(text: string): number {
  if (!DECIMAL.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A row without a mode of its own takes the session's; a row without the metric is not comparable. */
function isComparable(table: LogTable, row: number, objective: ResolvedObjective): boolean {
  if (!table.holds(row, "objective_metric", objective.metric ?? "")) return false;
  if (objective.sameTask && !table.holds(row, "task_key", objective.task ?? "")) return false;
  if (objective.modeForced) return true;
  return table.holds(row, "objective_mode", objective.mode) || table.isEmpty(row, "objective_mode");
}
