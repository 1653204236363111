import type { CommandOutcome } from "./outcome.ts";

/** What one command did as plain JSON; keys in snake_case as all results have them. */
export function describeOutcome(outcome: CommandOutcome): Record<string, unknown> {
  const { opId, command, kind, experimentIds } = outcome;
  return { op_id: opId, command: command.name, outcome: kind, experiments: experimentIds };
}
