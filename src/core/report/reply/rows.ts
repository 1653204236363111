import type { RootContent } from "mdast";
import type { Column } from "../../log/columns.ts";
import { LIMITS } from "../limits.ts";
import { data, type Inline, paragraph, type TableColumn, table } from "../markdown.ts";
import { proposalState } from "../proposal-state.ts";
import { stateText } from "../sections/proposals.ts";
import { experimentsOf, nameOf } from "./experiments.ts";
import type { ReplyContext } from "./reply.ts";

/** The rows the comment is about, as they stand now. */
export function renderRows(context: ReplyContext): readonly RootContent[] {
  const { session, most } = context;
  const rows = experimentsOf(context)
    .map((id) => session.table.rowOf(id))
    .filter((row) => row !== undefined);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most);
  const more = rows.length - shown.length;
  return [
    table(columns(context, shown), shown),
    ...(more > 0 ? [paragraph(`${more} more rows are in the log.`)] : []),
  ];
}

function columns(context: ReplyContext, rows: readonly number[]): readonly TableColumn<number>[] {
  const { table } = context.session;
  const text = (head: string, column: Column, limit: number): readonly TableColumn<number>[] =>
    rows.every((row) => table.isEmpty(row, column))
      ? []
      : [{ head, cell: (row) => data(table.cell(row, column), limit) }];
  return [
    { head: "Experiment", cell: (row) => nameOf(table.cell(row, "experiment_id")) },
    { head: "Status", cell: (row) => statusOf(context, row) },
    ...text("Metric", "objective_metric", LIMITS.id),
    ...text("Value", "objective_value", LIMITS.id),
    ...text("Change", "change_summary", LIMITS.cell),
    ...text("Hypothesis", "hypothesis", LIMITS.text),
    ...text("Result", "result_summary", LIMITS.text),
    ...text("Next action", "next_action", LIMITS.cell),
    ...text("Parent", "parent_experiment_id", LIMITS.id),
    ...text("Job", "queue_job_id", LIMITS.id),
    ...text("Owner", "owner", LIMITS.id),
  ];
}

function statusOf({ session, prefix }: ReplyContext, row: number): Inline {
  const { table, facts } = session;
  const status = table.cell(row, "status");
  if (status !== "planned") return data(status);
  return [status, stateText(proposalState(facts, table.cell(row, "experiment_id")), prefix)];
}
