import { RefusedError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Column, Status } from "./columns.ts";
import type { LogDraft } from "./draft.ts";
import type { RowPatch } from "./table.ts";
import { nextStatus } from "./transitions.ts";

/**
 * Creates or changes one row on a person's word. Empty patch values are ignored; a new row gets
 * `created_at`; `updated_at` moves only when another cell moved.
 *
 * @param said the row, its new cells and the present instant (ISO 8601)
 * @throws {RefusedError} when the status may not become what the patch says
 */
export function upsert(
  draft: LogDraft,
  said: { readonly experimentId: string; readonly patch: RowPatch; readonly now: string },
): "created" | "updated" | "unchanged" {
  const { experimentId, patch, now } = said;
  const known = draft.rowOf(experimentId);
  if (known !== undefined) refuseIllegalMove(draft, known, patch.status as Status | undefined);
  const row = known ?? draft.append(experimentId);
  const cells = Object.entries(patch) as [Column, string][];
  let isChanged = false;
  for (const [column, text] of cells) {
    if (text !== "" && column !== "experiment_id")
      isChanged = draft.set(row, column, text) || isChanged;
  }
  if (known === undefined) {
    if (draft.isEmpty(row, "status")) draft.set(row, "status", "planned");
    if (draft.isEmpty(row, "created_at")) draft.set(row, "created_at", now);
    draft.set(row, "updated_at", now);
    return "created";
  }
  if (isChanged) draft.set(row, "updated_at", now);
  return isChanged ? "updated" : "unchanged";
}

function refuseIllegalMove(draft: LogDraft, row: number, to: Status | undefined): void {
  const from = (draft.cell(row, "status") || undefined) as Status | undefined;
  if (to === undefined) return;
  const decision = nextStatus(from, to, { by: "person", isRequeue: false });
  if (decision.kind !== "ignore") return;
  const id = quoteUntrusted(draft.cell(row, "experiment_id"));
  throw new RefusedError(`experiment ${id} cannot go from ${from} to ${to}: ${decision.reason}`, {
    remedy: "Record a new experiment with this one as its parent instead.",
  });
}
