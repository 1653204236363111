import { quoteUntrusted } from "../text/safe-log.ts";

/** Something wrong in a line; `at` is where, in UTF-16 units from its start. */
export interface Fault {
  readonly sentence: string;
  readonly at?: number;
  /** Another line than the command's, from 1. */
  readonly line?: number;
}

/** A value as it stands in a line. */
export interface Value {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly at: number;
}

/** A piece of a command line between white space. */
export type Argument =
  | (Value & { readonly kind: "word" })
  | (Value & { readonly kind: "pair"; readonly key: string; readonly keyAt: number })
  | { readonly kind: "flag"; readonly name: string; readonly at: number };

/** What was read at a place of a line, and where it ends. */
export interface Read<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
  readonly end: number;
}

const MOST_ARGUMENTS = 64;
const KEY = /^([A-Za-z_][\w./@:-]{0,127})=/;
const FLAG = /^--(?=[A-Za-z])/;

/** Splits a line, from an index on, at white space outside quotes. */
export function tokenise(
  line: string,
  from: number,
): { readonly arguments: readonly Argument[]; readonly faults: readonly Fault[] } {
  const found: Argument[] = [];
  const faults: Fault[] = [];
  for (let at = skipSpace(line, from); at < line.length; ) {
    if (found.length === MOST_ARGUMENTS) {
      faults.push({ at, sentence: `A command has at most ${MOST_ARGUMENTS} arguments.` });
      break;
    }
    const read = readArgument(line, at);
    found.push(read.value);
    faults.push(...read.faults);
    at = skipSpace(line, read.end);
  }
  return { arguments: found, faults };
}

/** The first index from `at` on that is neither space nor tab. */
export function skipSpace(line: string, at: number): number {
  let index = at;
  while (line[index] === " " || line[index] === "\t") index += 1;
  return index;
}

/** Reads the argument that begins at an index. */
export function readArgument(line: string, at: number): Read<Argument> {
  const token = line.slice(at, endOfBare(line, at));
  const key = KEY.exec(token)?.[1];
  if (key !== undefined) return readPair(line, { key, at });
  if (FLAG.test(token)) {
    return {
      value: { kind: "flag", name: token.slice(2), at },
      faults: [],
      end: at + token.length,
    };
  }
  const { value, faults, end } = readValue(line, at);
  return { value: { kind: "word", ...value }, faults, end };
}

function readPair(line: string, { key, at }: { key: string; at: number }): Read<Argument> {
  const valueAt = at + key.length + 1;
  const { value, faults, end } = readValue(line, valueAt);
  const fault = faultOfPair(key, value);
  return {
    value: { kind: "pair", key, keyAt: at, ...value },
    faults: fault === undefined ? faults : [...faults, fault],
    end,
  };
}

function faultOfPair(key: string, { text, isQuoted, at }: Value): Fault | undefined {
  if (text.trim() === "") {
    return {
      at,
      sentence: `${key}= has no value; write it right behind the sign, or leave the key out.`,
    };
  }
  const inner = isQuoted ? -1 : text.search(/["“”]/);
  if (inner < 0) return undefined;
  return {
    at: at + inner,
    sentence: "A quote stands within a value; put quotes around the whole value, or leave it out.",
  };
}

/** For each character that opens a quoted value, those that close it. */
const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "“”"],
  ["”", "“”"],
  ["„", "“”"],
  ["'", "'"],
  ["‘", "‘’"],
  ["’", "‘’"],
  ["‚", "‘’"],
]);
/** Quotes in which nothing is an escape. */
const LITERAL = "'‘’‚";

/** Whether a quoted value begins at an index. */
export function opensQuote(line: string, at: number): boolean {
  return CLOSERS.has(line.charAt(at));
}

/** Reads the value that begins at an index: quoted, or up to the next white space. */
export function readValue(line: string, at: number): Read<Value> {
  const closers = CLOSERS.get(line.charAt(at));
  if (closers !== undefined) return readQuoted(line, { at, closers });
  const end = endOfBare(line, at);
  return { value: { text: line.slice(at, end), isQuoted: false, at }, faults: [], end };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  // Less and greater: what `renderCommand` writes so that no HTML comment arises.
  ["l", "<"],
  ["g", ">"],
  ...['"', "“", "”", "„"].map((quoted) => [quoted, quoted] as const),
]);

function readQuoted(line: string, { at, closers }: { at: number; closers: string }): Read<Value> {
  const hasEscapes = !LITERAL.includes(line.charAt(at));
  const faults: Fault[] = [];
  let text = "";
  let from = at + 1;
  let index = from;
  for (; index < line.length && !closers.includes(line.charAt(index)); index += 1) {
    if (!hasEscapes || line[index] !== "\\") continue;
    const meant = ESCAPES.get(line.charAt(index + 1));
    if (meant === undefined) faults.push(faultOfEscape(line, index));
    text += line.slice(from, index) + (meant ?? "");
    index += 1;
    from = index + 1;
  }
  const value = { text: text + line.slice(from, index), isQuoted: true, at };
  if (index < line.length) return endQuoted(line, { value, faults, end: index + 1 });
  return { value, faults: [...faults, openQuote(at)], end: line.length };
}

function faultOfEscape(line: string, at: number): Fault {
  return {
    at,
    sentence: `A quoted value knows no escape ${quoteUntrusted(line.slice(at, at + 2))}; write two backslashes for one, or put the value in single quotes.`,
  };
}

function openQuote(at: number): Fault {
  return { at, sentence: "The quote that begins here is never closed on this line." };
}

function endQuoted(line: string, read: Read<Value>): Read<Value> {
  const end = endOfBare(line, read.end);
  if (end === read.end) return read;
  const fault = {
    at: read.end,
    sentence: "Text follows a closing quote; put a space between them, or all of it in the quotes.",
  };
  return { value: read.value, faults: [...read.faults, fault], end };
}

/** The first index from `at` on that is a space or a tab. */
export function endOfBare(line: string, at: number): number {
  let end = at;
  while (end < line.length && line[end] !== " " && line[end] !== "\t") end += 1;
  return end;
}
