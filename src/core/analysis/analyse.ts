import type { ObjectiveMode, Status } from "../log/columns.ts";
import { STATUSES } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";
import { type Decision, selectDecision } from "./decision.ts";
import { median } from "./median.ts";
import { objectiveOf, type ResolvedObjective } from "./objective.ts";
import { baselineOf, bestOf, countSinceBest } from "./ranking.ts";
import { type LogScan, runtimeOf, scanCells, scanLog } from "./scan.ts";
import { type StopCriterion, stopCriteria } from "./stop.ts";

/** What a log says about its session; rows are row numbers of the table. */
export interface Analysis {
  readonly objective: ResolvedObjective;
  readonly scan: LogScan;
  readonly counts: ReadonlyMap<Status, number>;
  readonly best: number | undefined;
  readonly baseline: number | undefined;
  /** Completed comparable rows that ended after the best one. */
  readonly sinceBest: number;
  /** Median runtime of the ranked rows, in seconds. */
  readonly medianRuntime: number | undefined;
  readonly criteria: readonly StopCriterion[];
  readonly decision: Decision;
}

/** Analyses a log: pure, in one pass over the rows, decoding only the cells it needs. */
export function analyse(
  table: LogTable,
  settings: SessionSettings,
  forcedMode?: ObjectiveMode,
): Analysis {
  const cells = scanCells(table);
  const objective = objectiveOf(table, settings, { forcedMode, updatedAt: cells.updatedAt });
  const scan = scanLog(table, cells, objective);
  const best = bestOf(scan.ranked, scan.values, objective.mode);
  const baseline = baselineOf(table, scan, settings.baseline);
  const criteria = stopCriteria({ scan, objective, stop: settings.stop, best });
  const facts = { paused: settings.paused, criteria, hasBaseline: baseline !== undefined };
  return {
    objective,
    scan,
    counts: countStatuses(scan.statuses),
    best,
    baseline,
    sinceBest: countSinceBest(scan, best),
    medianRuntime: median(runtimesOf(scan)),
    criteria,
    decision: selectDecision(facts),
  };
}

/** The objective value of a row, where it has a finite one. */
export function valueAt(scan: LogScan, row: number | undefined): number | undefined {
  const value = row === undefined ? undefined : scan.values[row];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function countStatuses(statuses: readonly Status[]): ReadonlyMap<Status, number> {
  return new Map(
    STATUSES.map((status) => [status, statuses.filter((its) => its === status).length]),
  );
}

function runtimesOf(scan: LogScan): readonly number[] {
  return scan.ranked.map((row) => runtimeOf(scan, row)).filter((runtime) => runtime !== undefined);
}
