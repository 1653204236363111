import { type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { InputError } from "../errors.ts";
import { countCharacters } from "../log/position.ts";
import { PROTOTYPE_NAMES } from "../text/prototype-names.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { parseJson, replaceWords } from "../text/tolerant-json.ts";

/** Nesting above this is refused. */
const MAX_DEPTH = 64;

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
  refuseUnsafe(value, source, MAX_DEPTH);
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
    if (deepestBracket(text) > MAX_DEPTH) throw tooDeep(source);
    const place = firstErrorPlace(text);
    throw new InputError(`${source}:${place.line}:${place.column}: is not JSON: ${place.problem}`, {
      remedy: `It begins with ${quoteUntrusted(text.trimStart())}. Save the status with the queue's JSON option, and nothing else, in the file.`,
      cause: error,
    });
  }
}

function tooDeep(source: string): InputError {
  return new InputError(`${source}: JSON is nested deeper than ${MAX_DEPTH} levels`);
}

const STRING_OR_BRACKET = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[[\]{}]/g;
const STEPS: ReadonlyMap<string, number> = new Map([
  ["[", 1],
  ["{", 1],
  ["]", -1],
  ["}", -1],
]);

/** How deep brackets are opened in a text that is no JSON, so that nothing walks it that could run out of stack. */
function deepestBracket(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(STRING_OR_BRACKET)) {
    depth += STEPS.get(token) ?? 0;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Invalid symbol, should the two parsers ever disagree about what is JSON. */
const NO_PLACE: ParseError = { error: 1, offset: 0, length: 0 };

/** Words Python writes are blanked to the same length, so that places stay true. */
function firstErrorPlace(text: string): { line: number; column: number; problem: string } {
  const errors: ParseError[] = [];
  const blanked = replaceWords(text, (word) => "1".repeat(word.length));
  parseTree(blanked, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = [...errors, NO_PLACE] as [ParseError];
  const before = text.slice(0, first.offset);
  return {
    line: before.split("\n").length,
    column: countCharacters(before.slice(before.lastIndexOf("\n") + 1)) + 1,
    problem: words(printParseErrorCode(first.error)),
  };
}

function words(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/** One walk for both refusals; `for … in` makes no list of a job's keys, of which there are many. */
function refuseUnsafe(value: unknown, source: string, levels: number): void {
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw tooDeep(source);
  for (const key in value) {
    if (PROTOTYPE_NAMES.has(key)) {
      throw new InputError(`${source}: the key ${quoteUntrusted(key)} is not allowed in JSON`);
    }
    refuseUnsafe((value as JsonObject)[key], source, levels - 1);
  }
}
