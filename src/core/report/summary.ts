import type { ReportModel } from "./model.ts";

/** The text of `summary.json`: what a script wants to know, versioned by `schema`. */
export function renderSummary(model: ReportModel): string {
  const { metric, mode } = model.objective;
  const summary = {
    schema: 1,
    session: model.session,
    generated: model.generated ?? null,
    experiments: model.total,
    counts: Object.fromEntries(model.counts),
    objective: { metric: metric ?? null, mode },
    best: bestOf(model),
    baseline:
      model.baseline === undefined
        ? null
        : { id: model.baseline.id, value: model.baseline.value ?? null },
    decision: model.decision,
    stop_criteria: model.criteria.map(({ value, margin, ...criterion }) => ({
      ...criterion,
      value: value ?? null,
      margin: margin ?? null,
    })),
    open_proposals: model.proposals.total,
    ...approvalsOf(model),
    stale: model.stale.length,
    stale_runs: model.stale.map(({ experimentId, since, reason }) => ({
      experiment_id: experimentId,
      since,
      reason,
    })),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** Only where commands have been used, so that a session without them keeps its bytes. */
function approvalsOf({ approvals }: ReportModel): object {
  const { approved, queuedForLaunch, undecided, cleared, launchUnknown } = approvals;
  if (approved + queuedForLaunch + undecided.total === 0) return {};
  return {
    approvals: {
      approved,
      queued_for_launch: queuedForLaunch,
      cleared,
      launch_unknown: launchUnknown,
    },
  };
}

function bestOf({ best }: ReportModel): unknown {
  if (best === undefined) return null;
  const delta = best.baselineDelta;
  return {
    id: best.id,
    value: best.value,
    since_best: best.sinceBest,
    improvement:
      delta === undefined ? null : { absolute: delta.absolute, relative: delta.relative ?? null },
  };
}
