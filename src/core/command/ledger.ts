import type { CommandName } from "./command.ts";

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

/** Whose lines have an outcome; those of every other command that changes something are `applied`. */
const WRITERS: Readonly<Record<LedgerOutcome, CommandName | undefined>> = {
  applied: undefined,
  approved: "approve",
  "queued-for-launch": "launch",
  launching: "launch",
  launched: "launch",
  "launch-failed": "launch",
  "launch-unknown": "launch",
};

/** Whether a line is one of that command. */
export function isOf(name: CommandName, { command }: Pick<LedgerEntry, "command">): boolean {
  return command === `/${name}` || command.startsWith(`/${name} `);
}

/** Whether the command of a line ever writes one with its outcome. */
export function hasOwnOutcome(entry: Pick<LedgerEntry, "command" | "outcome">): boolean {
  const writer = WRITERS[entry.outcome];
  if (writer !== undefined) return isOf(writer, entry);
  return NAMED.test(entry.command) && !isOf("approve", entry) && !isOf("launch", entry);
}

/** Commands of later versions are none of this one's business. */
const NAMED = /^\/[a-z-]+(?: |$)/;

/** Whether a line approves a row; its detail is the row's digest then. */
export function isApproval({ outcome }: Pick<LedgerEntry, "outcome">): boolean {
  return outcome === "approved" || outcome === "queued-for-launch";
}

/** Whether a line asks for a launch; its detail is the row's digest then. */
export function isQueued({ outcome }: Pick<LedgerEntry, "outcome">): boolean {
  return outcome === "queued-for-launch";
}

/** Whether a line is about a launch, from `/launch` to what came of it. */
export function isOfLaunch({ outcome }: Pick<LedgerEntry, "outcome">): boolean {
  return WRITERS[outcome] === "launch";
}
