import { quoteUntrusted } from "../../text/safe-log.ts";
import type { CommandNote } from "../outcome.ts";
import { type Bench, digestOf } from "./bench.ts";
import type { Complaint, RowEffect } from "./verdict.ts";

/** Approvals that stand: experiment id → who approved it, and the row's digest then. */
export type StandingApprovals = Map<string, { readonly by: string; readonly digest: string }>;

/** The approvals that stand before a comment. */
export function readStanding(bench: Bench): StandingApprovals {
  const standing: StandingApprovals = new Map();
  for (const [id, approval] of bench.facts.approvals) {
    // Only rows of the log have an approval among the facts.
    const row = bench.draft.rowOf(id) as number;
    if (approval.kind !== "approved") continue;
    standing.set(id, { by: approval.by, digest: digestOf(bench, row) });
  }
  return standing;
}

/** Whose approvals an edit has cleared; each is told once. What is no longer planned needs none. */
export function clearApprovals(
  bench: Bench,
  standing: StandingApprovals,
  experimentIds: readonly string[],
): readonly CommandNote[] {
  return experimentIds.flatMap((experimentId): readonly CommandNote[] => {
    const approval = standing.get(experimentId);
    const row = bench.draft.rowOf(experimentId) as number;
    if (approval === undefined || digestOf(bench, row) === approval.digest) return [];
    standing.delete(experimentId);
    const isPlanned = bench.draft.holds(row, "status", "planned");
    return isPlanned ? [{ kind: "approval-cleared", experimentId, by: approval.by }] : [];
  });
}

/** An approval is of the row as it stands when the whole comment has been applied. */
export function refuseAfterApproval(
  { approved }: Bench,
  effects: readonly RowEffect[],
): readonly Complaint[] {
  return effects
    .filter(({ experimentId, change }) => change !== undefined && approved.has(experimentId))
    .map(({ experimentId }) => ({
      sentence: `this changes experiment ${quoteUntrusted(experimentId)} after the comment has approved it. Approve last.`,
      word: experimentId,
    }));
}
