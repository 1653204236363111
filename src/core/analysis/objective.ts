import type { Column, ObjectiveMode } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";

/** What a session measures, decided: the settings' word, else the log's. */
export interface ResolvedObjective {
  /** `undefined` when neither the settings nor any row names one; it is never invented. */
  readonly metric: string | undefined;
  readonly mode: ObjectiveMode;
  readonly target: number | undefined;
  readonly minDelta: number | undefined;
  readonly sameTask: boolean;
  /** The `task_key` rows must have to be comparable, when `sameTask`. */
  readonly task: string | undefined;
  /** The mode was asked for by a caller, so the rows' own modes do not decide what is comparable. */
  readonly modeForced: boolean;
}

/** What else decides: a mode a caller asked for, and instants of `updated_at` that were read already. */
export interface ObjectiveOptions {
  readonly forcedMode?: ObjectiveMode | undefined;
  readonly updatedAt?: Float64Array;
}

/**
 * The objective of a log: metric and mode of the settings, else of the newest row that has them
 * (newest `updated_at`, ties to the later row); the mode is `max` when nothing says otherwise.
 */
export function objectiveOf(
  table: LogTable,
  settings: Pick<SessionSettings, "objective">,
  options: ObjectiveOptions = {},
): ResolvedObjective {
  const { objective } = settings;
  const { forcedMode, updatedAt = readUpdated(table) } = options;
  const newestText = (column: Column, metric?: string) => {
    const row = newestRow(
      table,
      updatedAt,
      (its) => isOf(table, its, metric) && !table.isEmpty(its, column),
    );
    return row === undefined ? undefined : table.cell(row, column);
  };
  const metric = objective.metric ?? newestText("objective_metric");
  const ofLog = () => (newestText("objective_mode", metric) === "min" ? "min" : "max");
  return {
    metric,
    mode: forcedMode ?? objective.mode ?? ofLog(),
    target: objective.target,
    minDelta: objective.minDelta,
    sameTask: objective.sameTask,
    task: objective.sameTask ? newestText("task_key", metric) : undefined,
    modeForced: forcedMode !== undefined,
  };
}

function isOf(table: LogTable, row: number, metric: string | undefined): boolean {
  return metric === undefined || table.cell(row, "objective_metric") === metric;
}

/** The newest row that fits. Going backwards settles it at the last row of most logs, so that few cells are read. */
function newestRow(
  table: LogTable,
  updatedAt: Float64Array,
  fits: (row: number) => boolean,
): number | undefined {
  let found: number | undefined;
  let newest = Number.NEGATIVE_INFINITY;
  for (let row = table.rowCount - 1; row >= 0; row--) {
    const updated = updatedAt[row] || Number.NEGATIVE_INFINITY;
    if ((found !== undefined && updated <= newest) || !fits(row)) continue;
    found = row;
    newest = updated;
  }
  return found;
}

function readUpdated(table: LogTable): Float64Array {
  return Float64Array.from(
    { length: table.rowCount },
    (_, row) => table.instant(row, "updated_at") ?? Number.NaN,
  );
}
