import { runtimeOf } from "../analysis/scan.ts";
import { formatInstant, isInCalendar } from "../text/time.ts";
import { CAPS } from "./limits.ts";
import type { ActiveRun, Excerpt } from "./model.ts";
import { idOf, rowsWith, type Source, textOf } from "./source.ts";

/** Running experiments, then queued ones in the order of the queue, which is the order of the log. */
export function buildActive(source: Source): Excerpt<ActiveRun> {
  const running = rowsWith(source, "running").map((row) => runningRun(source, row));
  const queued = rowsWith(source, "queued").map((row, at) => queuedRun(source, row, at + 1));
  const runs = [...running, ...queued];
  return { shown: runs.slice(0, CAPS.active), total: runs.length };
}

function runningRun({ table, analysis }: Source, row: number): ActiveRun {
  const { scan, medianRuntime } = analysis;
  const elapsed = runtimeOf(scan, row);
  const isTimed = elapsed !== undefined && medianRuntime !== undefined;
  const isOverdue = isTimed && elapsed > medianRuntime;
  const end = isTimed && !isOverdue ? scan.newest - elapsed + medianRuntime : Number.NaN;
  return {
    id: idOf(table, row),
    status: "running",
    elapsed,
    position: undefined,
    expectedEnd: isInCalendar(end) ? formatInstant(end) : undefined,
    isOverdue,
    change: textOf(table, row, "change_summary"),
  };
}

function queuedRun({ table, analysis }: Source, row: number, position: number): ActiveRun {
  const waited = analysis.scan.newest - (table.instant(row, "created_at") ?? Number.NaN);
  return {
    id: idOf(table, row),
    status: "queued",
    elapsed: waited >= 0 ? waited : undefined,
    position,
    expectedEnd: undefined,
    isOverdue: false,
    change: textOf(table, row, "change_summary"),
  };
}
