import type { ProposalFields } from "./command.ts";

/** What a field of the issue form gives to the proposal made of it. */
export type FormField = "id" | "session" | keyof ProposalFields;

/** Labels of `examples/ISSUE_TEMPLATE/experiment-proposal.yml`, in its order, and what they are. */
export const FORM_FIELDS: ReadonlyMap<string, FormField> = new Map([
  ["Experiment id", "id"],
  ["Session", "session"],
  ["Parent experiment", "parent"],
  ["Hypothesis", "hypothesis"],
  ["Expected outcome", "expect"],
  ["Change", "change"],
  ["Command", "command"],
  ["Config", "config"],
  ["Task", "task"],
  ["Metric", "metric"],
  ["Mode", "mode"],
]);
