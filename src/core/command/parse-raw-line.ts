import { type Arguments, type CommandLine, sortArguments } from "./parse-arguments.ts";
import {
  type Argument,
  type Fault,
  opensQuote,
  readArgument,
  readValue,
  skipSpace,
} from "./tokenise.ts";

/** A line that is free text behind its first arguments. */
export interface RawLine extends Arguments {
  /** What follows the arguments; a quoted value without its quotes. Empty when nothing does. */
  readonly rest: string;
}

const LEADING_KEY = /^(?:session|text)=/;

/**
 * Reads a line of text: `count` words, with `session=` and `text=` before or right behind them, and then text that has
 * no grammar, unless it begins with a quote.
 */
export function parseRawLine(command: CommandLine, count: number): RawLine {
  const { name, line, from } = command;
  const found: Argument[] = [];
  const faults: Fault[] = [];
  let words = 0;
  let at = skipSpace(line, from);
  while (at < line.length && (words < count || LEADING_KEY.test(line.slice(at, at + 8)))) {
    const read = readArgument(line, at);
    faults.push(...read.faults);
    found.push(read.value);
    if (read.value.kind !== "pair") words += 1;
    at = skipSpace(line, read.end);
  }
  const rest = readRest(line, at);
  const sorted = sortArguments(name, { arguments: found, faults: [...faults, ...rest.faults] });
  return { ...sorted, rest: rest.text };
}

function readRest(line: string, at: number): { text: string; faults: readonly Fault[] } {
  if (!opensQuote(line, at)) return { text: line.slice(at).trim(), faults: [] };
  const { value, faults, end } = readValue(line, at);
  const next = skipSpace(line, end);
  if (next >= line.length) return { text: value.text.trim(), faults };
  return {
    text: "",
    faults: [
      ...faults,
      {
        at: next,
        sentence:
          "Text follows a closing quote; a text that begins with a quote stands in quotes as a whole, or on the lines below.",
      },
    ],
  };
}
