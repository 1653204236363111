import type { ObjectiveMode, Status } from "../log/columns.ts";

/** What a proposal says besides its id; the field lines of `/propose` and of the issue form. */
export interface ProposalFields {
  readonly parent?: string;
  readonly hypothesis?: string;
  /** The expected outcome; recorded in `hypothesis` as `… Expected: …`. */
  readonly expect?: string;
  readonly change?: string;
  readonly command?: string;
  readonly config?: string;
  readonly task?: string;
  readonly metric?: string;
  readonly mode?: ObjectiveMode;
}

/** A word of a command whose end is not known before the log is: an experiment id, or the start of a reason. */
export interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

interface CommandBase {
  /** `session=NAME`, for issues that carry several sessions. */
  readonly session?: string;
}

/** A slash command, understood but not yet checked against the log. `parseComment` makes them, `renderCommand` writes them. */
export type Command =
  | (CommandBase & {
      readonly name: "propose";
      readonly id?: string;
      readonly fields: ProposalFields;
      /** `--sweep`: may exceed `proposals.max-open`. */
      readonly isSweep: boolean;
    })
  | (CommandBase & {
      readonly name: "hypothesis" | "note" | "next-action";
      readonly id: string;
      readonly text: string;
    })
  | (CommandBase & {
      readonly name: "result";
      readonly id: string;
      readonly value?: number;
      readonly metrics: ReadonlyMap<string, number>;
      readonly status?: Status;
      readonly text?: string;
      /** `--force`: a final result may be changed. */
      readonly isForced: boolean;
    })
  | (CommandBase & {
      readonly name: "approve";
      readonly ids: readonly string[];
    })
  | (CommandBase & {
      readonly name: "launch";
      readonly ids: readonly string[];
      /** `--force`: launches anew although the fate of an earlier launch is unknown. */
      readonly isForced: boolean;
    })
  | (CommandBase & {
      readonly name: "reject" | "cancel";
      /** Ids, then perhaps the reason's words; the log tells where the ids end. At least one. */
      readonly words: readonly Word[];
      /** The reason from the lines below. */
      readonly text?: string;
    })
  | (CommandBase & { readonly name: "supersede"; readonly id: string; readonly by: string })
  | (CommandBase & { readonly name: "baseline"; readonly id: string })
  | (CommandBase & { readonly name: "target"; readonly value: number })
  | (CommandBase & { readonly name: "stop"; readonly text?: string })
  | (CommandBase & { readonly name: "best"; readonly count?: number })
  | (CommandBase & { readonly name: "resume" })
  /** What only asks, besides `/best`. */
  | (CommandBase & { readonly name: "status" | "next" | "report" | "help" });

export type CommandName = Command["name"];

/** A command and where it stands in its comment. */
export interface PlacedCommand {
  readonly command: Command;
  /** Line of the comment, from 1. */
  readonly line: number;
  /** That line as it was written, for messages. */
  readonly source: string;
}

/** One thing wrong with a command, for a person who will write it anew. */
export interface CommandProblem {
  /** Line of the comment, from 1. */
  readonly line: number;
  /** The line as it was written. */
  readonly source: string;
  /** Column in characters, from 1; absent when the whole line is meant. */
  readonly column?: number;
  /** What is wrong, what was expected, what to do. Names outside text only quoted (`quoteUntrusted`). */
  readonly sentence: string;
  /** How the command is written, such as `/approve <id>…`. */
  readonly usage?: string;
}

/** A comment read as commands. */
export type ParsedComment =
  /** No command in it: an ordinary comment. */
  | { readonly kind: "none" }
  | { readonly kind: "commands"; readonly commands: readonly PlacedCommand[] }
  /** At least one error: nothing of the comment is applied. */
  | {
      readonly kind: "invalid";
      readonly problems: readonly CommandProblem[];
      /** Those that were understood, but for what is about a proposal that was not. */
      readonly commands: readonly PlacedCommand[];
      /** Names of the commands that were recognised, for the question who may hear about the errors. */
      readonly names: readonly CommandName[];
    };
