import type { Column, Status } from "../../log/columns.ts";
import type { RowPatch } from "../../log/table.ts";
import { nextStatus } from "../../log/transitions.ts";
import type { Change } from "../../sync/change.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { NO_CHANGE } from "../standing-entries.ts";
import type { Bench } from "./bench.ts";
import type { Complaint, RowEffect } from "./verdict.ts";

/** Writes cells of a row; `updated_at` moves with any of them. What a person wrote has been redacted before. */
export function editRow(bench: Bench, row: number, patch: RowPatch): RowEffect {
  const { draft } = bench;
  const experimentId = draft.cell(row, "experiment_id");
  const from = draft.cell(row, "status");
  const cells = Object.entries(patch) as [Column, string][];
  const changed = cells.filter(([column, text]) => draft.set(row, column, text));
  if (changed.length === 0) return { experimentId, outcome: "applied", detail: NO_CHANGE };
  draft.set(row, "updated_at", bench.now);
  bench.changed.add(experimentId);
  const to = draft.cell(row, "status");
  const names = changed.map(([column]) => column).filter((column) => column !== "status");
  const detail = [...(from === to ? [] : [movement(from, to)]), ...names].join(", ");
  const value = changed.some(([column]) => column === "objective_value");
  const change: Change = {
    ...(from === to
      ? { kind: "updated", experimentId }
      : { kind: "moved", experimentId, to: to as Status }),
    ...(from === to || from === "" ? {} : { from: from as Status }),
    ...(value ? { result: resultOf(bench, row) } : {}),
  };
  return { experimentId, outcome: "applied", detail, change };
}

function movement(from: string, to: string): string {
  return from === "" ? `status ${to}` : `status ${from} → ${to}`;
}

function resultOf({ draft }: Bench, row: number): string {
  const value = draft.cell(row, "objective_value");
  return `${draft.cell(row, "objective_metric")} ${value}`.trimStart();
}

/** Why a person may not give a row that status; nothing when they may. */
export function refuseMove(bench: Bench, row: number, to: Status): readonly Complaint[] {
  const { draft } = bench;
  const from = (draft.cell(row, "status") || undefined) as Status | undefined;
  const decision = nextStatus(from, to, { by: "person", isRequeue: false });
  if (decision.kind !== "ignore") return [];
  const id = draft.cell(row, "experiment_id");
  return [
    {
      sentence: `experiment ${quoteUntrusted(id)} cannot become ${to}: ${decision.reason}. Propose a new experiment with this one as its parent instead.`,
      word: id,
    },
  ];
}

/** A text with one more line at its end. */
export function appendLine(text: string, line: string): string {
  return text === "" ? line : `${text.replace(/\n$/, "")}\n${line}`;
}

/** Everything that some reader takes for the end of a line. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/** Whose words they are, and of which day; their further lines are indented, so that none passes for another's. */
export function signed(bench: Bench, text: string): string {
  const day = bench.now.slice(0, "YYYY-MM-DD".length);
  return `${bench.author.login} (${day}): ${text.replace(LINE_END, "$&  ")}`;
}
