import type { Ledger, LedgerEntry } from "../command/ledger.ts";
import type { QueueReport } from "../queue/observation.ts";
import type { Change } from "../sync/change.ts";
import { lastLines, nameOperation } from "./claim-launch.ts";
import { findByOperation } from "./find-job.ts";
import { type SettleInput, settleLaunch } from "./settle-launch.ts";

export type FoundInput = Pick<SettleInput, "draft" | "ledger" | "source" | "now" | "redact"> & {
  readonly report: QueueReport;
};

/**
 * Gives launches their jobs that the queue lists by now, before a sync makes rows of their own for them: the run that began
 * the launch is at work still, or was killed before it could record the job. Jobs are told by their operation ids.
 */
export function settleFound({ report, ...input }: FoundInput): {
  readonly added: readonly LedgerEntry[];
  readonly changes: readonly Change[];
} {
  const settled = selectLaunching(input.ledger).flatMap(({ experimentId, opId }) => {
    const operationId = nameOperation(input.ledger, { experimentId, opId });
    const found = findByOperation(report, operationId);
    if (found.kind !== "found") return [];
    const ending = { kind: "launched", jobId: found.jobId } as const;
    return [settleLaunch({ ...input, experimentId, opId, ending, isRecovery: true })];
  });
  return {
    added: settled.flatMap(({ added }) => added),
    changes: settled.flatMap(({ changes }) => changes),
  };
}

function selectLaunching(ledger: Ledger): readonly LedgerEntry[] {
  return lastLines(ledger).filter(({ outcome }) => outcome === "launching");
}
