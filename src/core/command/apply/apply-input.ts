import type { SettingsOverride } from "../../session/settings.ts";
import type { Redactor } from "../../text/redact.ts";
import type { Sha256 } from "../../text/sha256.ts";
import type { CommandProblem, PlacedCommand } from "../command.ts";
import type { CommentOutcome, CommentSource } from "../outcome.ts";
import type { Role } from "../role.ts";

/** A comment's commands, and the session they are about as it stands. */
export interface ApplyInput {
  readonly files: {
    readonly folder: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    /** File name → path, for files that stand elsewhere than in the folder. */
    readonly paths?: ReadonlyMap<string, string>;
  };
  readonly session: string;
  readonly source: CommentSource;
  /** All of the comment, in its order: an operation's id counts them. */
  readonly commands: readonly PlacedCommand[];
  /** What is wrong with other commands of the comment: nothing of it is applied then, and everything is told. */
  readonly problems: readonly CommandProblem[];
  readonly repositoryId: string;
  /** Takes the place of `write` in what commands need. */
  readonly minPermission: Role;
  /** The present instant, ISO 8601 UTC. */
  readonly now: string;
  /** Takes secrets and private paths out of what a person wrote. */
  readonly redact: Redactor;
  readonly sha256: Sha256;
  /** Input `command-prefix`, for the commands that sentences name. */
  readonly prefix?: string;
  /** Inputs and flags laid over the session's settings. */
  readonly overrideSettings: SettingsOverride;
}

/** What became of a comment. */
export interface Application {
  readonly outcome: CommentOutcome;
  /** Every file of the session as it stands now; the same map when nothing changed. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}
