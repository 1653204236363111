import type { Change } from "../sync/change.ts";
import type { Command, CommandProblem } from "./command.ts";
import type { Role } from "./role.ts";

/** Somebody who gives commands. */
export interface Actor {
  readonly login: string;
  /** GitHub's id of the login; empty on the command line. */
  readonly id: string;
}

/** Who wrote a comment, and what they may do now. */
export interface Author extends Actor {
  /** The lesser of the roles of the author and, on a re-run, of who triggered it. */
  readonly role: Role;
}

/** Where commands come from. */
export interface CommentSource {
  readonly id: string;
  readonly url: string;
  readonly author: Author;
}

/** What one command of a comment did. */
export interface CommandOutcome {
  readonly command: Command;
  readonly opId: string;
  /** `repeated`: the ledger had it already; `answered`: it only asks. */
  readonly kind: "applied" | "repeated" | "answered";
  /** The rows it is about, in its order. */
  readonly experimentIds: readonly string[];
  readonly changes: readonly Change[];
  /** What it did besides, for the reply: facts to be told, of outside text only in `quote`. */
  readonly notes: readonly CommandNote[];
}

/** Something a reply tells beyond the row itself. */
export type CommandNote =
  /** The same command has been tried by that row before; what came of it is read from the log when the reply is rendered. */
  | { readonly kind: "already-tried"; readonly experimentId: string }
  /** An approval that stood is cleared by this edit. */
  | { readonly kind: "approval-cleared"; readonly experimentId: string; readonly by: string }
  /** A job that may still be running in the queue: nothing here could cancel it. */
  | { readonly kind: "job-may-run"; readonly experimentId: string; readonly jobId: string }
  /** Our own sentence. */
  | { readonly kind: "sentence"; readonly text: string };

/** What became of a comment: everything of it, or nothing. */
export type CommentOutcome =
  /** The author may not do at least one of its commands. */
  | { readonly kind: "denied"; readonly needs: Role }
  | { readonly kind: "applied"; readonly outcomes: readonly CommandOutcome[] }
  | { readonly kind: "refused"; readonly problems: readonly CommandProblem[] };
