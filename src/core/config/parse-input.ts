import { isSessionName } from "../session/name.ts";
import { parseArgv } from "../session/parse-argv.ts";
import type { MetricsSource } from "../session/settings.ts";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { InputKind } from "./inputs.ts";

export type InputValue = string | number | boolean | readonly string[] | MetricsSource;

/** A value, or what is wrong with it: the end of a sentence that begins with the input's name. */
export type ParsedInput =
  | { readonly kind: "value"; readonly value: InputValue }
  | { readonly kind: "invalid"; readonly reason: string };

/** Reads the text of one input, which is not empty. */
export function parseInput(kind: InputKind, text: string): ParsedInput {
  if (kind.type === "choice") return parseChoice(text, kind.values);
  return PARSERS[kind.type](text);
}

type Parser = (text: string) => ParsedInput;

const PARSERS: Record<Exclude<InputKind["type"], "choice">, Parser> = {
  text: (text) => (/\p{Cc}/u.test(text) ? expected(text, "a text of one line") : accept(text)),
  secret: accept,
  session: parseSession,
  folder: parseFolder,
  branch: parseBranch,
  number: parseNumber,
  issue: parseIssue,
  "yes-no": parseYesNo,
  word: (text) =>
    /^[a-z][a-z0-9-]{0,31}$/.test(text)
      ? accept(text)
      : expected(text, "a word of lower-case letters, digits and hyphens, such as exp"),
  command: parseCommand,
  "command-or-false": (text) =>
    text === "false" ? accept({ kind: "none" }) : asMetrics(parseCommand(text)),
};

function accept(value: InputValue): ParsedInput {
  return { kind: "value", value };
}

function expected(text: string, what: string): ParsedInput {
  return { kind: "invalid", reason: `is ${quoteUntrusted(text)}, expected ${what}` };
}

function parseChoice(text: string, values: readonly string[]): ParsedInput {
  if (values.includes(text)) return accept(text);
  const near = nearestName(text, values);
  const hint = near === undefined ? "" : ` (did you mean ${near}?)`;
  return expected(text, `one of ${values.join(", ")}${hint}`);
}

function parseSession(text: string): ParsedInput {
  return isSessionName(text) ? accept(text) : expected(text, "a session name such as lr-sweep");
}

/** Segments that a commit must never reach: git's own folder and the workflows. */
const GUARDED = new Set([".git", ".github"]);

function parseFolder(text: string): ParsedInput {
  const segments = text.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/$/, "").split("/");
  const isInside = segments.every(
    (segment) =>
      /^[^\p{Cc}:*?"<>|]+$/u.test(segment) &&
      segment !== "." &&
      segment !== ".." &&
      !GUARDED.has(segment.toLowerCase()),
  );
  return isInside
    ? accept(segments.join("/"))
    : expected(text, "a folder inside the repository such as experiments");
}

/** What git allows in a branch's name: https://git-scm.com/docs/git-check-ref-format */
function parseBranch(text: string): ParsedInput {
  const name = text.replace(/^refs\/heads\//, "");
  const isName =
    name.length <= 255 &&
    /^[^\p{Cc} ~^:?*[\\]+$/u.test(name) &&
    !/^[-/]|\/$|\.$|\.\.|@\{|\/\/|^@$/.test(name) &&
    name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
  return isName ? accept(name) : expected(text, "the name of a branch");
}

function parseNumber(text: string): ParsedInput {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text)
    ? Number(text)
    : Number.NaN;
  return Number.isFinite(value) ? accept(value) : expected(text, "a number such as 0.3");
}

function parseIssue(text: string): ParsedInput {
  const match = /^#?([1-9]\d{0,9})$/.exec(text);
  return match === null
    ? expected(text, "the number of an issue or pull request such as 12")
    : accept(Number(match[1]));
}

/** The spellings of YAML 1.2, as the toolkit's getBooleanInput takes them. */
function parseYesNo(text: string): ParsedInput {
  if (/^(?:true|True|TRUE)$/.test(text)) return accept(true);
  return /^(?:false|False|FALSE)$/.test(text) ? accept(false) : expected(text, "true or false");
}

function parseCommand(text: string): ParsedInput {
  const parsed = parseArgv(text);
  return parsed.kind === "argv"
    ? accept(parsed.argv)
    : { kind: "invalid", reason: `${parsed.reason}, expected a command line` };
}

function asMetrics(parsed: ParsedInput): ParsedInput {
  if (parsed.kind === "invalid" || !Array.isArray(parsed.value)) return parsed;
  return accept({ kind: "command", argv: parsed.value });
}
