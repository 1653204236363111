/** The columns of `command_log.csv`, in this order. */
export const LEDGER_COLUMNS = [
  "op_id",
  "comment_id",
  "comment_url",
  "actor",
  "actor_id",
  "command",
  "experiment_id",
  "outcome",
  "detail",
  "at",
] as const;

/**
 * What a line of the ledger records: `applied` (detail: what it did), `approved` (detail: the row's digest),
 * `queued-for-launch` (`/launch`; detail: the row's digest), then of the launch itself `launching` (before the process
 * starts), `launched` (detail: the job's id), `launch-failed`, `launch-unknown` (detail: the reason). A launch's lines carry
 * the op_id of the `/launch` they carry out.
 */
export const OUTCOMES = [
  "applied",
  "approved",
  "queued-for-launch",
  "launching",
  "launched",
  "launch-failed",
  "launch-unknown",
] as const;

export type LedgerOutcome = (typeof OUTCOMES)[number];

/** One line of the ledger; a command about several experiments has a line for each, all with its op_id. */
export interface LedgerEntry {
  readonly opId: string;
  /** GitHub's id of the comment; `issue-<number>` for an issue that was opened from the form; `local-…` for the command line. */
  readonly commentId: string;
  readonly commentUrl: string;
  /** Login, without `@`. */
  readonly actor: string;
  /** GitHub's id of the login; empty on the command line. */
  readonly actorId: string;
  /** The command in its canonical form (`renderCommand`). */
  readonly command: string;
  /** Empty for commands about no single experiment. */
  readonly experimentId: string;
  readonly outcome: LedgerOutcome;
  readonly detail: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The ledger as it was read. */
export interface Ledger {
  /** Where it was read, for messages. */
  readonly path: string;
  /** Empty for a ledger that does not exist yet. */
  readonly bytes: Uint8Array;
  /** In file order. */
  readonly entries: readonly LedgerEntry[];
}
