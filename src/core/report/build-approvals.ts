import type { CommandFacts } from "../command/facts.ts";
import { shortenText } from "../text/escape.ts";
import { CAPS, LIMITS } from "./limits.ts";
import type { Approvals, ReportModel } from "./model.ts";
import { type ProposalState, proposalState } from "./proposal-state.ts";
import { idOf, rowsWith, type Source } from "./source.ts";

/** What waits for a person again after a word was given. */
const UNDECIDED: ReadonlySet<ProposalState["kind"]> = new Set([
  "cleared",
  "launch-failed",
  "launch-unknown",
]);

/** How far the approvals of all planned experiments are, in file order. */
export function buildApprovals(source: Source): Approvals {
  const { table, facts } = source;
  const states = rowsWith(source, "planned").map((row) => ({
    id: idOf(table, row),
    state: proposalState(facts, table.cell(row, "experiment_id")),
  }));
  const undecided = states.filter(({ state }) => UNDECIDED.has(state.kind));
  const count = (kind: ProposalState["kind"]) =>
    states.filter(({ state }) => state.kind === kind).length;
  return {
    approved: count("approved"),
    queuedForLaunch: count("queued"),
    cleared: count("cleared"),
    launchUnknown: count("launch-unknown"),
    undecided: { shown: undecided.slice(0, CAPS.undecided), total: undecided.length },
  };
}

/** The final results that somebody changed by force, the newest first. */
export function buildForcedResults({ forcedResults }: CommandFacts): ReportModel["forcedResults"] {
  const newest = forcedResults.slice(-CAPS.forcedResults).reverse();
  return {
    shown: newest.map(({ experimentId, by, what }) => ({
      id: shortenText(experimentId, LIMITS.id),
      by: shortenText(by, LIMITS.id),
      what: shortenText(what, LIMITS.text),
    })),
    total: forcedResults.length,
  };
}
