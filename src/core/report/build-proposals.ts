import { shortenText } from "../text/escape.ts";
import { CAPS, LIMITS } from "./limits.ts";
import type { Excerpt, Proposal } from "./model.ts";
import { proposalState } from "./proposal-state.ts";
import { excerptOf, idOf, rowsWith, type Source, textOf } from "./source.ts";

/** The planned experiments, which wait for somebody's word. */
export function buildProposals(source: Source): Excerpt<Proposal> {
  const { table, facts } = source;
  return excerptOf(rowsWith(source, "planned"), CAPS.proposals, (row) => ({
    id: idOf(table, row),
    parent: shortenText(table.cell(row, "parent_experiment_id"), LIMITS.id),
    hypothesis: shortenText(table.cell(row, "hypothesis"), LIMITS.text),
    change: textOf(table, row, "change_summary"),
    owner: shortenText(table.cell(row, "owner"), LIMITS.id),
    state: proposalState(facts, table.cell(row, "experiment_id")),
  }));
}
