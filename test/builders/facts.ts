import {
  type Approval,
  type CommandFacts,
  type LaunchState,
  NO_FACTS,
} from "../../src/core/command/facts.ts";

const AT = "2026-03-02T00:00:00Z";

/** What a ledger says, with approvals and launches by experiment id. */
export function commandFacts(
  overrides: Partial<Omit<CommandFacts, "approvals" | "launches">> & {
    readonly approvals?: Readonly<Record<string, Approval>>;
    readonly launches?: Readonly<Record<string, LaunchState>>;
  } = {},
): CommandFacts {
  const { approvals = {}, launches = {}, ...rest } = overrides;
  return {
    ...NO_FACTS,
    ...rest,
    approvals: new Map(Object.entries(approvals)),
    launches: new Map(Object.entries(launches)),
  };
}

export function approvedBy(by: string): Approval {
  return { kind: "approved", by, at: AT };
}

export function clearedOf(by: string): Approval {
  return { kind: "cleared", by, at: AT };
}

export function queuedBy(by: string, isCurrent = true): LaunchState {
  return { kind: "queued", opId: "op", by, at: AT, isCurrent };
}

export function launching(): LaunchState {
  return { kind: "launching", opId: "op", at: AT };
}

export function launched(jobId: string): LaunchState {
  return { kind: "launched", opId: "op", jobId, at: AT };
}

export function launchFailed(reason: string): LaunchState {
  return { kind: "failed", opId: "op", reason, at: AT };
}

export function launchUnknown(reason: string): LaunchState {
  return { kind: "unknown", opId: "op", reason, at: AT };
}

export function forcedResult(at: number, by = "ann") {
  return { experimentId: `exp-${at}`, by, what: `objective_value ${at} → 0`, at: AT };
}
