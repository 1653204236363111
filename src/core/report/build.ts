import { type Analysis, analyse, valueAt } from "../analysis/analyse.ts";
import { deltaBetween } from "../analysis/ranking.ts";
import { type CommandFacts, NO_FACTS } from "../command/facts.ts";
import type { ObjectiveMode } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";
import type { StaleRun } from "../sync/change.ts";
import { shortenText } from "../text/escape.ts";
import type { Redactor } from "../text/redact.ts";
import { formatInstant } from "../text/time.ts";
import { buildActive } from "./build-active.ts";
import { buildApprovals, buildForcedResults } from "./build-approvals.ts";
import { buildChart } from "./build-chart.ts";
import { buildFailures } from "./build-failures.ts";
import { buildLeaderboard } from "./build-leaderboard.ts";
import { buildLineage } from "./build-lineage.ts";
import { buildNews } from "./build-news.ts";
import { buildProposals } from "./build-proposals.ts";
import { buildRecent } from "./build-recent.ts";
import { LIMITS } from "./limits.ts";
import type { ReportModel } from "./model.ts";
import { redactTexts } from "./redact-texts.ts";
import { idOf, type Source } from "./source.ts";

export const DEFAULT_TITLE = "Experiment Monitor Report";

/** What a report is made of. */
export interface ReportInput {
  readonly table: LogTable;
  readonly settings: SessionSettings;
  readonly session: string;
  readonly stale: readonly StaleRun[];
  /** What the ledger says; default: nothing. */
  readonly facts?: CommandFacts;
  readonly title?: string;
  /** Rows of the recent table; default: `report.recent` of the settings. */
  readonly maxRows?: number;
  /** Wins over the settings and the log. */
  readonly objectiveModeOverride?: ObjectiveMode;
  /** Takes secrets out of what people wrote before it is shortened. */
  readonly redact: Redactor;
}

/** Decides everything a report says; no clock is asked, so the same log gives the same report. */
export function buildReport(input: ReportInput): ReportModel {
  const { settings } = input;
  const table = redactTexts(input.table, input.redact);
  const analysis = analyse(table, settings, input.objectiveModeOverride);
  const facts = input.facts ?? NO_FACTS;
  const source = { table, analysis, facts };
  const { newest } = analysis.scan;
  return {
    title: input.title ?? DEFAULT_TITLE,
    session: input.session,
    generated: Number.isNaN(newest) ? undefined : formatInstant(newest),
    total: table.rowCount,
    counts: analysis.counts,
    objective: objectiveOf(analysis),
    best: bestResult(source),
    baseline: baselineResult(source),
    decision: analysis.decision,
    criteria: analysis.criteria,
    stale: input.stale,
    news: buildNews(source),
    leaderboard: buildLeaderboard(source, settings.report.top),
    chart: buildChart(analysis),
    active: buildActive(source),
    medianRuntime: analysis.medianRuntime,
    proposals: buildProposals(source),
    approvals: buildApprovals(source),
    forcedResults: buildForcedResults(facts),
    failures: buildFailures(source),
    lineage: buildLineage(source),
    recent: buildRecent(source, input.maxRows ?? settings.report.recent),
  };
}

function objectiveOf({ objective }: Analysis): ReportModel["objective"] {
  const { metric, mode } = objective;
  return { metric: metric === undefined ? undefined : shortenText(metric, LIMITS.id), mode };
}

function bestResult({ table, analysis }: Source): ReportModel["best"] {
  const { best, baseline, scan, objective, sinceBest } = analysis;
  const value = valueAt(scan, best);
  if (best === undefined || value === undefined) return undefined;
  const reference = baseline === best ? undefined : valueAt(scan, baseline);
  return {
    id: idOf(table, best),
    value,
    baselineDelta:
      reference === undefined ? undefined : deltaBetween(value, reference, objective.mode),
    sinceBest,
  };
}

function baselineResult({ table, analysis }: Source): ReportModel["baseline"] {
  const { baseline, scan } = analysis;
  return baseline === undefined
    ? undefined
    : { id: idOf(table, baseline), value: valueAt(scan, baseline) };
}
