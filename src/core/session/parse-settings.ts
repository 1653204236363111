import {
  type Document,
  isMap,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
  type YAMLError,
} from "yaml";
import { InputError } from "../errors.ts";
import { present } from "../text/present.ts";
import { buildSettings } from "./build-settings.ts";
import { describeIssue, splitIssue } from "./describe-issue.ts";
import { SESSION_SCHEMA } from "./schema.ts";
import type { SessionSettings } from "./settings.ts";

/** A session.yml is a page of settings. Some checks of the parser take time by the square of the length. */
const MOST_CHARACTERS = 65_536;
/** Enough for every honest use; a bomb needs thousands. */
const MOST_ALIASES = 16;
const MOST_PROBLEMS = 20;
const DEEPEST = 64;

interface Problem {
  /** Offset in the text, in UTF-16 units. */
  readonly at: number;
  readonly sentence: string;
}

/**
 * Reads a `session.yml`. `path` names it in messages. Throws one `InputError` that lists every
 * problem with its line and column. Loads yaml and zod: import this module only when a file exists.
 */
export function parseSettings(text: string, path: string): SessionSettings {
  if (text.length > MOST_CHARACTERS) {
    throw new InputError(`${path} is longer than ${MOST_CHARACTERS / 1024} kB.`, {
      remedy: "Keep settings only in session.yml; results belong in the log.",
    });
  }
  const lines = new LineCounter();
  const document = parseYaml(text, { path, lines });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    const found = errors.slice(0, MOST_PROBLEMS).map(problemOf);
    throw refusal(found, { path, lines, total: errors.length });
  }
  const value = readValue(document, path);
  const parsed = SESSION_SCHEMA.safeParse(dropEmpty(value) ?? {});
  if (parsed.success) return buildSettings(parsed.data);
  const issues = parsed.error.issues.flatMap(splitIssue);
  const found = issues.slice(0, MOST_PROBLEMS).map((issue): Problem => {
    const { path: keys, key, sentence } = describeIssue(issue, value);
    return { at: offsetOf(document, keys, key), sentence };
  });
  throw refusal(found, { path, lines, total: issues.length });
}

interface Source {
  readonly path: string;
  readonly lines: LineCounter;
}

function parseYaml(text: string, { path, lines }: Source): Document.Parsed {
  if (isTooDeep(text)) throw new InputError(`${path} is nested deeper than ${DEEPEST} levels.`);
  return parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: "core",
    stringKeys: true,
    uniqueKeys: true,
    // `silent` would also silence the error about a second document.
    logLevel: "error",
  });
}

/** The parser keeps its levels on a stack of its own, but what composes its tokens recurses: 20,000 brackets end the process. */
function isTooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return true;
  }
  return false;
}

function readValue(document: Document.Parsed, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    const isUnknown = cause instanceof Error && cause.message.startsWith("Unresolved alias");
    const problem = isUnknown
      ? "has an alias (*name) whose anchor (&name) is not set before it"
      : `repeats its anchors more than ${MOST_ALIASES} times`;
    throw new InputError(`${path} ${problem}.`, {
      remedy: "Write the values out; session.yml needs no anchors.",
      cause,
    });
  }
}

/** A key without a value is an absent key. */
function dropEmpty(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value as object).map(([key, item]) => [key, dropEmpty(item)]);
  return present(Object.fromEntries(entries));
}

/** Where a value stands, or its key, or the nearest thing around it that exists. */
function offsetOf(document: Document.Parsed, keys: readonly PropertyKey[], key?: string): number {
  const names = keys.map(String);
  const nodes = names.map((_, at) => document.getIn(names.slice(0, at + 1), true));
  const node = nodes.findLast(isNode);
  return keyOffset(node ?? document.contents, key) ?? node?.range?.[0] ?? 0;
}

function keyOffset(node: unknown, key: string | undefined): number | undefined {
  if (key === undefined || !isMap(node)) return undefined;
  const keys = node.items.map((item) => item.key).filter(isScalar);
  return keys.find(({ value }) => value === key)?.range?.[0];
}

function refusal(
  problems: readonly Problem[],
  { path, lines, total }: Source & { readonly total: number },
): InputError {
  const sentences = [...problems]
    .sort((a, b) => a.at - b.at)
    .map(({ at, sentence }) => {
      const { line, col } = lines.linePos(at);
      return `${path}:${Math.max(1, line)}:${Math.max(1, col)}: ${sentence}`;
    });
  const more = total - problems.length;
  return new InputError(
    [...sentences, ...(more > 0 ? [`${path}: and ${more} more.`] : [])].join("\n"),
  );
}

function problemOf(error: YAMLError): Problem {
  const [line = ""] = error.message.split("\n", 1);
  return { at: error.pos[0], sentence: `${line.replace(/[.:]$/, "")}.` };
}
