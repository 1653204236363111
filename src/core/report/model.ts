import type { Decision } from "../analysis/decision.ts";
import type { Delta } from "../analysis/ranking.ts";
import type { StopCriterion } from "../analysis/stop.ts";
import type { ObjectiveMode, Status } from "../log/columns.ts";
import type { StaleRun } from "../sync/change.ts";
import type { ProposalState } from "./proposal-state.ts";

/** An experiment with a value that is compared. */
export interface Result {
  readonly id: string;
  readonly value: number;
}

/** A finished result beside others; deltas are signed so that positive is better. */
export interface RankedResult extends Result {
  readonly baselineDelta: Delta | undefined;
  readonly parentDelta: Delta | undefined;
  /** Seconds. */
  readonly runtime: number | undefined;
  readonly change: string;
}

/** What happened at the newest instant of the log. */
export interface News {
  readonly newBest:
    | (Result & { readonly previous: (Result & { readonly delta: Delta }) | undefined })
    | undefined;
  readonly finished: readonly string[];
  readonly failed: readonly string[];
  readonly proposed: readonly string[];
  readonly started: readonly string[];
}

export interface ChartPoint {
  readonly value: number;
  readonly best: number;
}

/** Values of completed experiments by end, thinned where there are many. */
export interface ChartModel {
  readonly points: readonly ChartPoint[];
  /** How many results the points stand for. */
  readonly results: number;
}

export interface ActiveRun {
  readonly id: string;
  readonly status: "running" | "queued";
  /** Seconds since the start, or since it was queued. */
  readonly elapsed: number | undefined;
  /** Place among the queued, from 1. */
  readonly position: number | undefined;
  /** ISO 8601, from the median runtime. */
  readonly expectedEnd: string | undefined;
  /** It has run longer than the median. */
  readonly isOverdue: boolean;
  readonly change: string;
}

export interface Proposal {
  readonly id: string;
  readonly parent: string;
  readonly hypothesis: string;
  readonly change: string;
  readonly owner: string;
  readonly state: ProposalState;
}

/** How far the approvals of all planned experiments are. */
export interface Approvals {
  readonly approved: number;
  readonly queuedForLaunch: number;
  readonly cleared: number;
  readonly launchUnknown: number;
  /** Those that wait for a person again: cleared, failed and unknown ones. */
  readonly undecided: Excerpt<{ readonly id: string; readonly state: ProposalState }>;
}

/** A final result that somebody changed by force. */
export interface ForcedChange {
  readonly id: string;
  readonly by: string;
  readonly what: string;
}

export interface FailureGroup {
  readonly failureClass: string;
  readonly count: number;
  /** The newest of them. */
  readonly examples: readonly { readonly id: string; readonly lastLine: string }[];
}

export interface LineageNode {
  readonly id: string;
  readonly status: Status;
  readonly value: number | undefined;
  readonly isBest: boolean;
  /** Index of the parent among the nodes. */
  readonly parent: number | undefined;
}

export interface RecentRow {
  readonly id: string;
  readonly status: string;
  readonly metric: string;
  readonly value: string;
  readonly updated: string;
  readonly nextAction: string;
}

/** A list of which only the first part is carried. */
export interface Excerpt<T> {
  readonly shown: readonly T[];
  readonly total: number;
}

/** Everything a report says, decided; texts are as the log has them, shortened but not escaped. */
export interface ReportModel {
  readonly title: string;
  readonly session: string;
  /** The newest `updated_at`; `undefined` where no row has one. */
  readonly generated: string | undefined;
  readonly total: number;
  readonly counts: ReadonlyMap<Status, number>;
  readonly objective: { readonly metric: string | undefined; readonly mode: ObjectiveMode };
  readonly best:
    | (Result & { readonly baselineDelta: Delta | undefined; readonly sinceBest: number })
    | undefined;
  readonly baseline: { readonly id: string; readonly value: number | undefined } | undefined;
  readonly decision: Decision;
  readonly criteria: readonly StopCriterion[];
  readonly stale: readonly StaleRun[];
  readonly news: News;
  readonly leaderboard: Excerpt<RankedResult> & { readonly notComparable: number };
  readonly chart: ChartModel | undefined;
  readonly active: Excerpt<ActiveRun>;
  /** Seconds. */
  readonly medianRuntime: number | undefined;
  readonly proposals: Excerpt<Proposal>;
  readonly approvals: Approvals;
  /** The newest first. */
  readonly forcedResults: Excerpt<ForcedChange>;
  readonly failures: readonly FailureGroup[];
  readonly lineage: readonly LineageNode[];
  readonly recent: readonly RecentRow[];
}
