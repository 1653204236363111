import {
  type Application,
  type ApplyInput,
  applyComment,
} from "../../src/core/command/apply-comment.ts";
import { buildFacts } from "../../src/core/command/build-facts.ts";
import type {
  Command,
  CommandName,
  PlacedCommand,
  ProposalFields,
} from "../../src/core/command/command.ts";
import type { CommandFacts } from "../../src/core/command/facts.ts";
import type { LedgerEntry } from "../../src/core/command/ledger.ts";
import { decodeLedger, encodeLedger } from "../../src/core/command/ledger-codec.ts";
import type { Author, CommandOutcome } from "../../src/core/command/outcome.ts";
import type { Column } from "../../src/core/log/columns.ts";
import { decodeLog } from "../../src/core/log/decode.ts";
import { cellsOf, LOG_PATH, logText, NOW } from "./log.ts";
import { sha256 } from "./modes.ts";

export const LEDGER_PATH = "experiments/mnist/command_log.csv";

type Rows = readonly Partial<Record<Column, string>>[];

/** A line of the ledger with overrides. */
export function ledgerEntry(overrides: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    opId: "op-1",
    commentId: "100",
    commentUrl: "https://github.test/octo/research/issues/1#issuecomment-100",
    actor: "ann",
    actorId: "7",
    command: "/note exp-1 hi",
    experimentId: "exp-1",
    outcome: "applied",
    detail: "notes",
    at: NOW,
    ...overrides,
  };
}

export function ledgerBytes(entries: readonly LedgerEntry[]): Uint8Array {
  return encodeLedger(decodeLedger(undefined, LEDGER_PATH), entries);
}

/** The files of a session; what is not given is absent. */
export function sessionFiles(given: {
  readonly rows?: Rows;
  readonly settings?: string;
  readonly ledger?: readonly LedgerEntry[];
}): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  if (given.rows !== undefined) files.set("experiment_log.csv", Buffer.from(logText(given.rows)));
  if (given.settings !== undefined) files.set("session.yml", Buffer.from(given.settings));
  if (given.ledger !== undefined) files.set("command_log.csv", ledgerBytes(given.ledger));
  return files;
}

/** Somebody who may do everything, unless told otherwise. */
export function author(overrides: Partial<Author> = {}): Author {
  return { login: "ann", id: "7", role: "admin", ...overrides };
}

export const bob = author({ login: "bob", id: "8" });

type Named<N extends CommandName> = Extract<Command, { readonly name: N }>;

/** A `/propose` with a hypothesis; other fields as given. */
export function proposal(
  id: string | undefined,
  fields: ProposalFields = {},
  rest: Partial<Named<"propose">> = {},
): Command {
  const given = { hypothesis: "It gets better.", ...fields };
  const named = id === undefined ? {} : { id };
  return { name: "propose", ...named, fields: given, isSweep: false, ...rest };
}

/** A `/result` with what is given. */
export function result(id: string, rest: Partial<Named<"result">> = {}): Command {
  return { name: "result", id, metrics: new Map(), isForced: false, ...rest };
}

export function approval(...ids: readonly string[]): Command {
  return { name: "approve", ids };
}

export function launchOf(ids: readonly string[], isForced = false): Command {
  return { name: "launch", ids, isForced };
}

/** A `/reject` or `/cancel`; a word that begins with a quote counts as quoted. */
export function ending(name: "reject" | "cancel", words: string, text?: string): Command {
  const parts = words.match(/"[^"]*"|\S+/g) ?? [];
  return {
    name,
    words: parts.map((part) => ({
      text: part.replaceAll('"', ""),
      isQuoted: part.startsWith('"'),
    })),
    ...(text === undefined ? {} : { text }),
  };
}

/** Commands one below the other. */
export function placed(commands: readonly Command[]): readonly PlacedCommand[] {
  return commands.map((command, at) => ({
    command,
    line: at + 1,
    source: sourceOf(command),
  }));
}

function sourceOf(command: Command): string {
  const { name } = command;
  if ("ids" in command) return `/${name} ${command.ids.join(" ")}`;
  if ("words" in command) return `/${name} ${command.words.map(({ text }) => text).join(" ")}`;
  if ("id" in command) return `/${name} ${command.id}`;
  return `/${name}`;
}

export type Comment = Partial<Omit<ApplyInput, "files" | "commands" | "source">> & {
  readonly commentId?: string;
  readonly author?: Author;
};

/** Applies a comment of commands to files. */
export function apply(
  files: ReadonlyMap<string, Uint8Array>,
  commands: readonly Command[],
  comment: Comment = {},
): Application {
  const { commentId = "100", author: by = author(), ...rest } = comment;
  return applyComment({
    files: { folder: "experiments/mnist", files },
    session: "mnist",
    source: { id: commentId, url: `https://github.test/c/${commentId}`, author: by },
    commands: placed(commands),
    problems: [],
    repositoryId: "42",
    minPermission: "write",
    now: NOW,
    redact: (text) => text,
    sha256,
    overrideSettings: (settings) => settings,
    ...rest,
  });
}

/** What became of the commands, where the comment was applied. */
export function outcomesOf({ outcome }: Application): readonly CommandOutcome[] {
  if (outcome.kind === "applied") return outcome.outcomes;
  throw new Error(`the comment was ${outcome.kind}: ${JSON.stringify(outcome)}`);
}

/** The sentences of a refusal; none where the comment was applied. */
export function sentencesOf({ outcome }: Application): readonly string[] {
  return outcome.kind === "refused" ? outcome.problems.map(({ sentence }) => sentence) : [];
}

/** The rows of the log as objects of their non-empty cells. */
export function rowsOf(files: ReadonlyMap<string, Uint8Array>): readonly Record<string, string>[] {
  const log = decodeLog(files.get("experiment_log.csv") ?? new Uint8Array(), LOG_PATH);
  return Array.from({ length: log.rowCount }, (_, row) => cellsOf(log, row));
}

export function entriesOf(files: ReadonlyMap<string, Uint8Array>): readonly LedgerEntry[] {
  return decodeLedger(files.get("command_log.csv"), LEDGER_PATH).entries;
}

export function factsOf(files: ReadonlyMap<string, Uint8Array>): CommandFacts {
  const log = decodeLog(files.get("experiment_log.csv") ?? new Uint8Array(), LOG_PATH);
  return buildFacts(log, decodeLedger(files.get("command_log.csv"), LEDGER_PATH), sha256);
}

export function settingsText(files: ReadonlyMap<string, Uint8Array>): string | undefined {
  const bytes = files.get("session.yml");
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
}
