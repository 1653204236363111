import type { CommandProblem } from "../../command/command.ts";
import type { CommandFacts } from "../../command/facts.ts";
import type { Actor, CommandOutcome } from "../../command/outcome.ts";
import type { LaunchOutcome } from "../../launch/launch-outcome.ts";
import type { LogTable } from "../../log/table.ts";
import type { SessionSettings } from "../../session/settings.ts";
import type { Redactor } from "../../text/redact.ts";
import type { ReportModel } from "../model.ts";
import type { Links } from "../sections/section.ts";

/** A reply to a comment with commands; a denied one gets none. */
export interface ReplyInput {
  /** The comment that is answered. */
  readonly comment: { readonly url?: string; readonly author: Actor };
  /** Input `command-prefix`. */
  readonly prefix?: string;
  /** This run may launch; otherwise what is queued waits for one that may. */
  readonly mayLaunch: boolean;
  /** Takes secrets, and what `session.yml` hides, out of every text. */
  readonly redact: Redactor;
  readonly content:
    | {
        readonly kind: "refused";
        readonly problems: readonly CommandProblem[];
        /** It was the issue form, which is no command as a comment. */
        readonly isForm?: boolean;
      }
    | { readonly kind: "applied"; readonly session: ReplySession };
}

/** What the commands of a comment did to their session, and the session as it stands now. */
export interface ReplySession {
  readonly outcomes: readonly CommandOutcome[];
  readonly table: LogTable;
  /** With inputs and flags applied. */
  readonly settings: SessionSettings;
  readonly facts: CommandFacts;
  readonly model: ReportModel;
  readonly links: ReplyLinks;
  /** Launches this run tried after the commands were applied. */
  readonly launches: readonly LaunchOutcome[];
}

/** Addresses of ours, for links. */
export interface ReplyLinks extends Links {
  /** The sticky comment that carries the session's report. */
  readonly reportCommentUrl?: string;
}

/** What the parts of a reply are rendered with. */
export interface ReplyContext {
  readonly session: ReplySession;
  readonly author: Actor;
  readonly prefix: string | undefined;
  readonly mayLaunch: boolean;
  readonly redact: Redactor;
  /** Most rows of a table and most entries of a list; less where a reply would not fit into a comment. */
  readonly most: number;
}
