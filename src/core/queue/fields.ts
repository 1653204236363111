import type { EpochSeconds } from "./observation.ts";
import type { JsonObject } from "./parse-status-json.ts";

/** Values queues print for "no time": 0 is handled by the caller, these are Slurm's NO_VAL and INFINITE. */
const SENTINELS: ReadonlySet<number> = new Set([4294967294, 4294967295]);

/** The last instant a timestamp of four year digits can name. */
const LATEST = 253402300799;

/** A non-empty string, else `undefined`. */
export function textField(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A finite number, else `undefined`. */
export function numberField(object: JsonObject, key: string): number | undefined {
  const value = object[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A time in epoch seconds; sentinels and what no calendar holds are no value. */
export function epochField(object: JsonObject, key: string): EpochSeconds | undefined {
  const value = numberField(object, key);
  if (value === undefined || value <= 0 || value > LATEST || SENTINELS.has(value)) return undefined;
  return value;
}

/** Colours and cursor moves of a terminal: https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
const TERMINAL_SEQUENCE = /\p{Cc}\[[0-?]*[ -/]*[@-~]/gu;

/** `\p{Cc}`, as a list that needs no Unicode tables: every failed job passes here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f-\x9f]/;

/** The first line of a text that says something, without control characters; empty when none does. */
export function firstLine(text: string): string {
  if (!CONTROL.test(text)) return text.trim();
  const lines = stripTerminal(text).split(/[\r\n]+/);
  const said = lines.map((line) => line.replace(/\p{Cc}+/gu, " ").trim());
  return said.find((line) => line !== "") ?? "";
}

/** A text without the colours and cursor moves of a terminal. */
export function stripTerminal(text: string): string {
  return text.replace(TERMINAL_SEQUENCE, "");
}
