import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { InputError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { parseJson } from "./tolerant-json.ts";

/** Nesting above this is refused. */
const MAX_DEPTH = 64;

const POISONED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** A JSON object whose keys have been checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads JSON that a queue printed; bare NaN and Infinity are accepted.
 *
 * @param source a path or a command line, for messages
 * @throws {InputError} when it is not JSON (with line and column), too deep, or has a poisoned key
 */
export function parseQueueJson(text: string, source: string): unknown {
  const value = parseOrExplain(text.replace(/^\uFEFF/, ""), source);
  refuseUnsafe(value, source, 0);
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseOrExplain(text: string, source: string): unknown {
  if (text.trim() === "") {
    throw new InputError(`${source}: is empty, expected the queue's status as JSON`, {
      remedy: "Check that the queue's status command succeeded before its output was saved.",
    });
  }
  try {
    return parseJson(text);
  } catch (error) {
    const place = firstErrorPlace(text);
    throw new InputError(`${source}:${place.line}:${place.column}: is not JSON: ${place.problem}`, {
      remedy: `It begins with ${quoteUntrusted(text.trimStart())}. Save the status with the queue's JSON option, and nothing else, in the file.`,
      cause: error,
    });
  }
}

/** Words Python writes are blanked to the same length, so that places stay true. */
function firstErrorPlace(text: string): { line: number; column: number; problem: string } {
  const errors: ParseError[] = [];
  const blanked = text.replace(/-?Infinity|NaN/g, (word) => "1".repeat(word.length));
  parseTree(blanked, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  const before = text.slice(0, first?.offset ?? 0).split("\n");
  return {
    line: before.length,
    column: [...(before.at(-1) ?? "")].length + 1,
    problem: first === undefined ? "a syntax error" : words(printParseErrorCode(first.error)),
  };
}

function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function refuseUnsafe(value: unknown, source: string, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth >= MAX_DEPTH) {
    throw new InputError(`${source}: JSON is nested deeper than ${MAX_DEPTH} levels`);
  }
  if (Array.isArray(value)) {
    for (const item of value) refuseUnsafe(item, source, depth + 1);
    return;
  }
  for (const key in value) {
    if (POISONED.has(key)) {
      throw new InputError(`${source}: the key ${quoteUntrusted(key)} is not allowed in JSON`);
    }
    refuseUnsafe((value as JsonObject)[key], source, depth + 1);
  }
}
