import type { LedgerEntry } from "../command/ledger.ts";
import type { LogDiff } from "../log/diff.ts";

/** Something a reviewer should know about a change of a session's files. */
export interface Finding {
  /** An error fails the check; a warning asks to look again. */
  readonly level: "error" | "warning";
  /** What kind it is, for machines and tests; see `FINDINGS` in rules.ts. */
  readonly code: string;
  /** What, expected, what to do. Outside text only quoted. */
  readonly sentence: string;
  /** File relative to the repository. */
  readonly path: string;
  /** Line of the head's file at which the record or cell begins, from 1; of a deleted row the line where it would stand. */
  readonly line?: number;
  readonly endLine?: number;
  /** Column in characters, from 1. */
  readonly column?: number;
  readonly experimentId?: string;
}

/** A change of one session, reviewed. */
export interface Review {
  readonly session: string;
  /** Worst first, then by file and line. */
  readonly findings: readonly Finding[];
  /** `undefined` when one of the two logs cannot be read. */
  readonly diff: LogDiff | undefined;
  /** Lines that the change adds to the ledger, in file order; absent where there are none, or it does more than add. */
  readonly newEntries?: readonly LedgerEntry[];
}
