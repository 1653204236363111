import type { LogTable } from "../log/table.ts";

/** Whether a planned row is approved as it stands. */
export type Approval =
  | { readonly kind: "none" }
  /** Approved, and not changed since. */
  | { readonly kind: "approved"; readonly by: string; readonly at: string }
  /** Approved once, then the row was changed, if only for a while by commands. */
  | { readonly kind: "cleared"; readonly by: string; readonly at: string };

/** How far the launch of an experiment is. */
export type LaunchState =
  | { readonly kind: "none" }
  /** `/launch` was given; `isCurrent`: the row is still as it was then, and no command has changed it since. */
  | {
      readonly kind: "queued";
      readonly opId: string;
      readonly by: string;
      readonly at: string;
      readonly isCurrent: boolean;
    }
  /** The ledger says that a process was about to start; nothing is known since. */
  | { readonly kind: "launching"; readonly opId: string; readonly at: string }
  | {
      readonly kind: "launched";
      readonly opId: string;
      readonly jobId: string;
      readonly at: string;
    }
  | { readonly kind: "failed"; readonly opId: string; readonly reason: string; readonly at: string }
  /** Whether a job was started could not be found out; only a person may launch again (`/launch ID --force`). */
  | {
      readonly kind: "unknown";
      readonly opId: string;
      readonly reason: string;
      readonly at: string;
    };

/** A final result that somebody changed with `/result --force`. */
export interface ForcedResult {
  readonly experimentId: string;
  readonly by: string;
  /** Such as `objective_value 0.3 → 0.25`. */
  readonly what: string;
  readonly at: string;
}

/** What the ledger says about the rows of a log, as far as reports, replies and launches need it. */
export interface CommandFacts {
  /** Lines of the ledger, which only grows. */
  readonly lines: number;
  /** Experiment id → approval, of planned rows that were ever approved. */
  readonly approvals: ReadonlyMap<string, Approval>;
  /** Experiment id → launch, of rows for which `/launch` was ever given. */
  readonly launches: ReadonlyMap<string, LaunchState>;
  /** Oldest first. */
  readonly forcedResults: readonly ForcedResult[];
  /** Experiment id → GitHub's id and login of who proposed it by a command. */
  readonly proposers: ReadonlyMap<string, KnownActor>;
  /** Experiment id → everybody who approved the row as it is now; no command has changed it since. */
  readonly approvers: ReadonlyMap<string, readonly KnownActor[]>;
}

/** Somebody as the ledger knows them; the id is empty of who gave a command on the command line. */
export interface KnownActor {
  readonly actor: string;
  readonly actorId: string;
}

/** The facts of a session without a ledger. */
export const NO_FACTS: CommandFacts = {
  lines: 0,
  approvals: new Map(),
  launches: new Map(),
  forcedResults: [],
  proposers: new Map(),
  approvers: new Map(),
};

/** How far the launch of an experiment is. */
export function launchIn(
  { launches }: Pick<CommandFacts, "launches">,
  experimentId: string,
): LaunchState {
  return launches.get(experimentId) ?? { kind: "none" };
}

/** Whether a launch has led to a job, or is about to. */
export function isLaunched({ kind }: LaunchState): boolean {
  return kind === "launching" || kind === "launched";
}

/** Whether a job was started, or may have been. */
export function mayHaveStarted(state: LaunchState): boolean {
  return isLaunched(state) || state.kind === "unknown";
}

/** Whether a row counts among the open proposals of `proposals.max-open`: until it is launched or decided against. */
export function isOpenProposal(
  { table, launches }: { readonly table: LogTable } & Pick<CommandFacts, "launches">,
  row: number,
): boolean {
  const isPlanned = table.holds(row, "status", "planned");
  return isPlanned && !isLaunched(launchIn({ launches }, table.cell(row, "experiment_id")));
}
