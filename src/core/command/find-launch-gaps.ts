import type { Column } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";

/** What keeps a planned experiment from being launched: it has a job already, or lacks something. */
export type LaunchGap = "job" | "hypothesis" | "objective" | "program";

/** What of a row and its session's settings stands against a launch; `/launch` and the run that launches go by it. */
export function findLaunchGaps(
  table: LogTable,
  row: number,
  { objective }: Pick<SessionSettings, "objective">,
): readonly LaunchGap[] {
  const lacks = (column: Column) => table.cell(row, column).trim() === "";
  const gaps: readonly (readonly [LaunchGap, boolean])[] = [
    ["job", !lacks("queue_job_id")],
    ["hypothesis", lacks("hypothesis")],
    ["objective", lacks("objective_metric") && objective.metric === undefined],
    ["program", lacks("command") && lacks("config_path")],
  ];
  return gaps.filter(([, isGap]) => isGap).map(([gap]) => gap);
}
