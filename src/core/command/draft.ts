import { isSessionName } from "../session/name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { CommandName } from "./command.ts";
import { namedTwice } from "./named-twice.ts";
import { type Arguments, type CommandLine, parseArguments } from "./parse-arguments.ts";
import { parseRawLine } from "./parse-raw-line.ts";
import type { Recognised } from "./recognise.ts";
import { problemOfTexts } from "./text-limits.ts";
import type { Fault, Value } from "./tokenise.ts";

/** A command while it is being read. What a reader gives for something missing is never used: there is a fault then. */
export interface Draft extends Arguments {
  readonly name: CommandName;
  readonly recognised: Recognised;
  /** Where the arguments begin in the line. */
  readonly from: number;
  readonly faults: Fault[];
  /** Some argument could not be taken, so that what is missing may be that one. */
  readonly isIncomplete: boolean;
}

/** Begins to read a command that takes no text on its line. */
export function draftOf(name: CommandName, recognised: Recognised): Draft {
  return asDraft(name, recognised, parseArguments(lineOf(name, recognised)));
}

/** Begins to read a command whose line is text behind `count` words. */
export function rawDraftOf(
  name: CommandName,
  recognised: Recognised,
  count: number,
): Draft & { readonly rest: string } {
  const { rest, ...read } = parseRawLine(lineOf(name, recognised), count);
  return { ...asDraft(name, recognised, read), rest };
}

function lineOf(name: CommandName, { visible, shape }: Recognised): CommandLine {
  return { name, line: visible, from: shape.argumentsAt };
}

function asDraft(name: CommandName, recognised: Recognised, read: Arguments): Draft {
  return {
    ...read,
    name,
    recognised,
    from: recognised.shape.nameAt,
    faults: [...read.faults],
    isIncomplete: read.faults.length > 0,
  };
}

/** Reads the one experiment id of a command. */
export function takeId(draft: Draft): string {
  return takeIds(draft, 1)[0] ?? "";
}

/** Reads the experiment ids of a command: at least one, at most `most`, none twice. */
export function takeIds(draft: Draft, most: number): readonly string[] {
  const [first] = draft.words;
  if (first === undefined) addMissing(draft, "An experiment id is missing.");
  addTooMany(
    draft,
    most,
    `/${draft.name} takes one experiment id; an id with spaces goes in quotes.`,
  );
  const seen = new Set<string>();
  for (const { text, at } of draft.words) {
    if (text.trim() === "") draft.faults.push({ at, sentence: "An experiment id is empty." });
    else if (seen.has(text)) draft.faults.push({ at, sentence: namedTwice(text) });
    seen.add(text);
  }
  return [...seen];
}

/** Tells of the first word beyond the allowed number of them. */
export function addTooMany(draft: Draft, most: number, sentence: string): void {
  const extra = draft.words[most];
  if (extra !== undefined) draft.faults.push({ at: extra.at, sentence });
}

/** Tells of something that is missing. */
export function addMissing(draft: Draft, sentence: string): void {
  if (!draft.isIncomplete) addFault(draft, sentence);
}

/** Tells of something about the command as a whole. */
function addFault(draft: Draft, sentence: string): void {
  draft.faults.push({ at: draft.from, sentence });
}

/** Reads `session=`. */
export function takeSession(draft: Draft): string | undefined {
  const value = draft.values.get("session");
  if (value === undefined) return undefined;
  const sentence = problemOfSession(value.text);
  if (sentence !== undefined) draft.faults.push({ at: value.at, sentence });
  return value.text;
}

/** What is wrong with a session's name; `undefined` when nothing is. */
export function problemOfSession(name: string): string | undefined {
  if (isSessionName(name)) return undefined;
  return `${quoteUntrusted(name)} is no session's name: those are lower-case letters, digits, dots, underscores and hyphens, at most 64, and none that Windows keeps for a device, such as aux.`;
}

/** Reads the text of a command: on its line, as a key, or on the lines below. */
export function takeText(draft: Draft, key: "text" | "reason", rest = ""): string | undefined {
  const text = readText(draft, key, rest);
  addTooLong(draft, [text]);
  return text === "" ? undefined : text;
}

/** Reads the reason of a command: the words behind the first may be its begin, and count as text with it. */
export function takeReason(draft: Draft): string | undefined {
  const text = readText(draft, "reason");
  addTooLong(draft, [...draft.words.slice(1).map((word) => word.text), text]);
  return text === "" ? undefined : text;
}

function readText(draft: Draft, key: "text" | "reason", rest = ""): string {
  const below = draft.recognised.below.map((line) => line.text);
  const written = [rest, ...below].join("\n").trim();
  const value = draft.values.get(key);
  if (value !== undefined && written !== "") addTextTwice(draft, key, value);
  return value?.text.trim() ?? written;
}

function addTextTwice(draft: Draft, key: string, { at }: Value): void {
  draft.faults.push({
    at,
    sentence: `The text is given twice: as ${key}= and ${key === "text" ? "as plain text" : "on the lines below"}. Give it once.`,
  });
}

/** Tells of texts above the limit. */
export function addTooLong(draft: Draft, texts: readonly string[]): void {
  const problem = problemOfTexts(texts);
  if (problem !== undefined) addFault(draft, problem);
}
