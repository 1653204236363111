import { nearestName } from "../text/nearest-name.ts";
import { PROTOTYPE_NAMES } from "../text/prototype-names.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { CommandName } from "./command.ts";
import { COMMANDS } from "./registry.ts";
import { problemOfArgument } from "./text-limits.ts";
import { type Argument, type Fault, tokenise, type Value } from "./tokenise.ts";

/** The arguments of a command by their kind; whether they make sense together is not known yet. */
export interface Arguments {
  readonly words: readonly Value[];
  /** Keys the command knows, `session` too, and for `/result` the metrics. */
  readonly values: ReadonlyMap<string, Value>;
  readonly flags: ReadonlySet<string>;
  readonly faults: readonly Fault[];
}

/** A command line and which command it is. */
export interface CommandLine {
  readonly name: CommandName;
  readonly line: string;
  /** Where the arguments begin. */
  readonly from: number;
}

/** Reads the arguments of a command that takes no free text on its line. */
export function parseArguments({ name, line, from }: CommandLine): Arguments {
  const tokens = tokenise(line, from);
  return sortArguments(name, tokens);
}

/** Sorts arguments by kind, and tells unknown and repeated keys and flags. */
export function sortArguments(
  name: CommandName,
  tokens: { readonly arguments: readonly Argument[]; readonly faults: readonly Fault[] },
): Arguments {
  const words: Value[] = [];
  const values = new Map<string, Value>();
  const flags = new Set<string>();
  const faults = [...tokens.faults];
  for (const argument of tokens.arguments) {
    const fault = faultOf(name, argument) ?? repeatOf(argument, values, flags);
    if (fault !== undefined) faults.push(fault);
    else if (isBlankPair(argument)) continue;
    else if (argument.kind === "flag") flags.add(argument.name);
    else if (argument.kind === "pair") values.set(argument.key, argument);
    else words.push(argument);
  }
  return { words, values, flags, faults };
}

/** A key without a value, which has been told. */
function isBlankPair(argument: Argument): boolean {
  return argument.kind === "pair" && argument.text.trim() === "";
}

function faultOf(name: CommandName, argument: Argument): Fault | undefined {
  if (argument.kind === "flag") return faultOfFlag(name, argument);
  const isKnown = argument.kind === "word" || isKeyOf(name, argument.key);
  if (!isKnown) return faultOfKey(name, argument);
  const sentence = problemOfArgument(argument.text);
  return sentence === undefined ? undefined : { at: argument.at, sentence };
}

/** `/result` takes names of metrics for keys, unless one is a known key in other letter case: that is a slip. */
function isKeyOf(name: CommandName, key: string): boolean {
  const keys = keysOf(name);
  if (keys.includes(key)) return true;
  return name === "result" && !PROTOTYPE_NAMES.has(key) && !keys.includes(key.toLowerCase());
}

function keysOf(name: CommandName): readonly string[] {
  return [...COMMANDS[name].keys, "session"];
}

function faultOfKey(name: CommandName, { key, keyAt }: Argument & { kind: "pair" }): Fault {
  if (PROTOTYPE_NAMES.has(key)) return { at: keyAt, sentence: `${key} is no name for a key.` };
  const keys = keysOf(name);
  return {
    at: keyAt,
    sentence: `/${name} has no key ${quoteUntrusted(key)}${suggest(key, keys, "=")} Its keys: ${keys.join(", ")}. Text with an equals sign goes in quotes or on the lines below.`,
  };
}

function faultOfFlag(
  name: CommandName,
  { name: flag, at }: { readonly name: string; readonly at: number },
): Fault | undefined {
  const { flags } = COMMANDS[name];
  if (flags.includes(flag)) return undefined;
  return {
    at,
    sentence: `/${name} has no flag ${quoteUntrusted(`--${flag}`)}${suggest(flag, flags, "")} Text that begins with hyphens goes in quotes.`,
  };
}

function suggest(typed: string, known: readonly string[], end: string): string {
  const near = nearestName(typed, known);
  if (near === undefined) return ".";
  return `; did you mean ${end === "" ? "--" : ""}${near}${end}?`;
}

function repeatOf(
  argument: Argument,
  values: ReadonlyMap<string, Value>,
  flags: ReadonlySet<string>,
): Fault | undefined {
  if (argument.kind === "pair" && values.has(argument.key)) {
    return { at: argument.keyAt, sentence: `${argument.key}= is given twice; give it once.` };
  }
  if (argument.kind === "flag" && flags.has(argument.name)) {
    return { at: argument.at, sentence: `--${argument.name} is given twice; give it once.` };
  }
  return undefined;
}
