import type { ObjectiveMode } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";
import { parseInstant } from "../text/time.ts";

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

/**
 * The objective of a log: metric and mode of the settings, else of the newest row that has them
 * (newest `updated_at`, ties to the later row); the mode is `max` when nothing says otherwise.
 */
export function objectiveOf(
  table: LogTable,
  settings: Pick<SessionSettings, "objective">,
  forcedMode?: ObjectiveMode,
): ResolvedObjective {
  const { objective } = settings;
  const metric = objective.metric ?? newestText(table, "objective_metric");
  const mode = forcedMode ?? objective.mode ?? newestMode(table, metric);
  return {
    metric,
    mode,
    target: objective.target,
    minDelta: objective.minDelta,
    sameTask: objective.sameTask,
    task: objective.sameTask ? newestText(table, "task_key", metric) : undefined,
    modeForced: forcedMode !== undefined,
  };
}

function newestMode(table: LogTable, metric: string | undefined): ObjectiveMode {
  return newestText(table, "objective_mode", metric) === "min" ? "min" : "max";
}

/** The text of a column in the newest row that has one, among the rows of a metric when one is given. */
function newestText(table: LogTable, column: string, metric?: string): string | undefined {
  let newest = Number.NEGATIVE_INFINITY;
  let found: number | undefined;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.isEmpty(row, column)) continue;
    if (metric !== undefined && table.cell(row, "objective_metric") !== metric) continue;
    const updated = parseInstant(table.cell(row, "updated_at")) ?? Number.NaN;
    if (found !== undefined && updated < newest) continue;
    if (!Number.isNaN(updated)) newest = updated;
    found = row;
  }
  return found === undefined ? undefined : table.cell(found, column);
}
