import type { ProposalFields } from "./command.ts";

/** Fields of a proposal, in the order of its canonical form. */
export const PROPOSAL_FIELDS = [
  "parent",
  "hypothesis",
  "expect",
  "change",
  "command",
  "config",
  "task",
  "metric",
  "mode",
] as const satisfies readonly (keyof ProposalFields)[];

/** The name of one. */
export type ProposalField = (typeof PROPOSAL_FIELDS)[number];
