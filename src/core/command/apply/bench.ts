import { SESSION_FILES } from "../../log/columns.ts";
import { createDraft, type LogDraft } from "../../log/draft.ts";
import { decodeSessionLedger, decodeSessionLog } from "../../session/decode-session.ts";
import { pathInSession } from "../../session/path-in-session.ts";
import { commandWord } from "../../text/command-word.ts";
import type { Sha256 } from "../../text/sha256.ts";
import { buildStandingFacts } from "../build-facts.ts";
import type { CommandName } from "../command.ts";
import { rowDigest } from "../digest.ts";
import { type CommandFacts, type LaunchState, launchIn } from "../facts.ts";
import { isOwn } from "../is-own.ts";
import type { Ledger, LedgerEntry } from "../ledger.ts";
import type { Author } from "../outcome.ts";
import { standingEntries } from "../standing-entries.ts";
import type { ApplyInput } from "./apply-input.ts";
import { createSettingsDraft, type SettingsDraft } from "./settings-draft.ts";

/** What the commands of one comment work on: a later one sees what the earlier ones did. */
export interface Bench {
  readonly session: string;
  readonly draft: LogDraft;
  readonly settings: SettingsDraft;
  /** As it was read; what this comment adds is written when all of it is known to stand. */
  readonly ledger: Ledger;
  /** Its lines, without the approvals that a later command has cleared. */
  readonly standing: readonly LedgerEntry[];
  /** As the ledger and the log had it before this comment. */
  readonly facts: CommandFacts;
  readonly author: Author;
  readonly now: string;
  readonly redact: (text: string) => string;
  readonly sha256: Sha256;
  /** How a command that a sentence names is written here. */
  readonly wordOf: (name: CommandName) => string;
  /** Who proposed what, this comment included. */
  readonly proposers: Map<string, { readonly actor: string; readonly actorId: string }>;
  /** Experiments changed by this comment, even where it takes the change back. */
  readonly changed: Set<string>;
  /** Experiments approved by this comment. */
  readonly approved: Set<string>;
  /** Experiments this comment proposes in vain: that later commands do not find them needs no saying. */
  readonly inVain: Set<string>;
}

/** Reads a session's files for a comment. @throws {LogError | InputError} when one of them is not valid */
export function createBench(input: ApplyInput): Bench {
  const { files } = input;
  const draft = createDraft(decodeSessionLog(files));
  const ledger = decodeSessionLedger(files);
  const standing = standingEntries(ledger.entries);
  const facts = buildStandingFacts(draft, standing, input.sha256);
  return {
    session: input.session,
    draft,
    settings: createSettingsDraft(files.files.get(SESSION_FILES.settings), {
      path: pathInSession(files, SESSION_FILES.settings),
      override: input.overrideSettings,
    }),
    ledger,
    standing,
    facts,
    author: input.source.author,
    now: input.now,
    redact: input.redact,
    sha256: input.sha256,
    wordOf: (name) => commandWord(name, input.prefix),
    proposers: new Map(facts.proposers),
    changed: new Set(),
    approved: new Set(),
    inVain: new Set(),
  };
}

/** How far the launch of an experiment was before this comment. */
export function launchOf({ facts }: Bench, experimentId: string): LaunchState {
  return launchIn(facts, experimentId);
}

/** Whether the author proposed the experiment, in this comment or before. */
export function isAuthors({ draft, proposers, author }: Bench, row: number): boolean {
  return isOwn({ table: draft, proposers }, row, author);
}

export function digestOf(bench: Bench, row: number): string {
  return rowDigest(bench.draft, row, bench.sha256);
}
