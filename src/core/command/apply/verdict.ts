import type { Change } from "../../sync/change.ts";
import type { Command, CommandName } from "../command.ts";
import type { LedgerOutcome } from "../ledger.ts";
import type { CommandNote } from "../outcome.ts";
import type { Bench } from "./bench.ts";

/** What a command did to one experiment: a line of the ledger, and a change of the log where it made one. */
export interface RowEffect {
  readonly experimentId: string;
  readonly outcome: LedgerOutcome;
  readonly detail: string;
  readonly change?: Change;
}

/** Why a command is refused: a sentence, and the word of its line that is meant. */
export interface Complaint {
  readonly sentence: string;
  readonly word?: string;
  /** The way the command is written is the remedy. */
  readonly showsUsage?: boolean;
}

export type Verdict =
  | {
      readonly kind: "done";
      /** Experiments it is about; a command about none has one effect without an id. */
      readonly effects: readonly RowEffect[];
      readonly notes: readonly CommandNote[];
    }
  | { readonly kind: "refused"; readonly complaints: readonly Complaint[] };

/** Applies one kind of command to a draft; what a refused one did to it is thrown away with the rest. */
export type Handler<N extends CommandName = CommandName> = (
  bench: Bench,
  command: Extract<Command, { readonly name: N }>,
  opId: string,
) => Verdict;

export function done(effects: readonly RowEffect[], notes: readonly CommandNote[] = []): Verdict {
  return { kind: "done", effects, notes };
}

export function refuse(...complaints: readonly Complaint[]): Verdict {
  return { kind: "refused", complaints };
}

/** Our own sentence for the reply. */
export function sentence(text: string): CommandNote {
  return { kind: "sentence", text };
}
