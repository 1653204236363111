import { parseInput } from "../../core/config/parse-input.ts";
import { InputError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { Flags } from "./program.ts";

/** The text of a flag; an empty one is absent. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * The revision that a flag names. An empty one is not taken for absent: a variable that is not set would turn a review off.
 *
 * @throws {InputError} when it is empty
 */
export function revisionFlag(flags: Flags, name: string): string | undefined {
  if (typeof flags[name] !== "string" || flags[name].trim() !== "") return textFlag(flags, name);
  throw new InputError(`--${kebab(name)} is empty, expected a branch, a tag or a commit`);
}

/** Whether a flag without a value was given. */
export function hasFlag(flags: Flags, name: string): boolean {
  return flags[name] === true;
}

/** The values of a repeatable flag. */
export function listFlag(flags: Flags, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** @throws {InputError} when the flag is no finite number */
export function numberFlag(flags: Flags, name: string): number | undefined {
  const text = textFlag(flags, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InputError(
    `--${kebab(name)} is ${quoteUntrusted(text)}, expected a finite number such as 0.42`,
  );
}

/** @throws {InputError} when the flag is no whole number of at least `least` */
export function wholeFlag(flags: Flags, name: string, least: number): number | undefined {
  const value = numberFlag(flags, name);
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
  throw new InputError(
    `--${kebab(name)} is ${value}, expected a whole number of at least ${least}`,
  );
}

/**
 * The login that `--actor` names; it is written into the log and the ledger.
 *
 * @throws {InputError} when it is no login
 */
export function actorFlag(flags: Flags): string {
  const actor = textFlag(flags, "actor") ?? "";
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,98}(?:\[bot\])?$/.test(actor)) return actor;
  throw new InputError(`--actor is ${quoteUntrusted(actor)}, expected a login such as octocat`);
}

/**
 * The word of `--command-prefix`, as the input of the same name takes it.
 *
 * @throws {InputError} when no command could have it
 */
export function prefixFlag(flags: Flags): string | undefined {
  const text = textFlag(flags, "commandPrefix");
  if (text === undefined) return undefined;
  const parsed = parseInput({ type: "word" }, text);
  if (parsed.kind === "value") return text;
  throw new InputError(`--command-prefix ${parsed.reason}`);
}

/** `maxRows` → `max-rows`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
