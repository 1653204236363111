import type { Objective } from "./settings.ts";

/** The objective that a row's value is of; empty texts where nobody names one. */
export interface RowObjective {
  readonly metric: string;
  readonly mode: string;
}

/**
 * What a value is measured by: the row's own words, and where it has none the session's. Of another metric the
 * session's mode says nothing.
 */
export function rowObjective(
  own: RowObjective,
  objective: Pick<Objective, "metric" | "mode">,
): RowObjective {
  const metric = own.metric || (objective.metric ?? "");
  const standIn = metric === objective.metric ? (objective.mode ?? "") : "";
  return { metric, mode: own.mode || standIn };
}
