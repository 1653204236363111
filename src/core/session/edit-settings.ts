import {
  type Document,
  isMap,
  isNode,
  isScalar,
  type Node,
  parseDocument,
  type Range,
  type YAMLMap,
} from "yaml";
import { InputError } from "../errors.ts";
import { parseSettings } from "./parse-settings.ts";
import { renderScalar } from "./render-settings.ts";

/** One setting and its new value; with two keys the first names a section. */
export interface SettingsEdit {
  readonly keys: readonly [string] | readonly [string, string];
  readonly value: string | number | boolean;
}

export type EditedSettings =
  | { readonly kind: "edited"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Changes one setting of a valid `session.yml` and nothing else: comments, order and quoting of the rest stay as they
 * are, byte for byte where the place of the setting is plain to see. Every candidate is read again, and only one
 * in which exactly that setting changed is taken. Loads yaml and zod.
 *
 * @param path names the file in the reason of a refusal
 */
export function editSettings(text: string, edit: SettingsEdit, path: string): EditedSettings {
  let reason = `${path} is written such that ${edit.keys.join(".")} cannot be set without changing something else`;
  for (const candidate of [spliceSetting, printSetting]) {
    const edited = candidate(text, edit);
    if (!isOnlyChange(text, edited, edit)) continue;
    const problem = problemOf(edited, path);
    if (problem === undefined) return { kind: "edited", text: edited };
    reason = problem;
  }
  return { kind: "refused", reason };
}

/** The text with the value replaced or inserted where it belongs. */
function spliceSetting(text: string, { keys, value }: SettingsEdit): string {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const document = parse(text);
  const [first, second] = keys;
  const written = renderScalar(value);
  const top = document.contents;
  if (second === undefined) return setIn(top, { text, lineEnd, key: first, written });
  const section = isMap(top) ? pairOf(top, first)?.value : undefined;
  if (isMap(section)) return setIn(section, { text, lineEnd, key: second, written });
  return setIn(top, { text, lineEnd, key: first, written: `{ ${second}: ${written} }` });
}

/** A pair that is to stand in a mapping. */
interface Splice {
  readonly text: string;
  readonly lineEnd: string;
  readonly key: string;
  /** The value as YAML. */
  readonly written: string;
}

function setIn(map: unknown, splice: Splice): string {
  if (!isMap(map)) return appendLine(splice);
  const pair = pairOf(map, splice.key);
  if (pair !== undefined) return replaceValue(pair, splice);
  return map.flow === true ? insertInBraces(map, splice) : insertLine(map, splice);
}

interface FoundPair {
  readonly key: Node;
  readonly value: unknown;
}

function pairOf(map: YAMLMap, name: string): FoundPair | undefined {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
  return pair === undefined ? undefined : { key: pair.key as Node, value: pair.value };
}

function replaceValue({ key, value }: FoundPair, { text, lineEnd, written }: Splice): string {
  const [start, end] = rangeOf(value);
  if (end > start) {
    // What a block of text ends with is the end of its last line.
    const kept = text.slice(start, end).endsWith("\n") ? lineEnd : "";
    return text.slice(0, start) + written + kept + text.slice(end);
  }
  const colon = text.indexOf(":", rangeOf(key)[1]) + 1;
  return `${text.slice(0, colon)} ${written}${text.slice(colon)}`;
}

function insertInBraces(map: YAMLMap, { text, key, written }: Splice): string {
  const last = map.items.at(-1);
  const at = last === undefined ? rangeOf(map)[0] + 1 : rangeOf(last.value)[1];
  const pair = last === undefined ? ` ${key}: ${written} ` : `, ${key}: ${written}`;
  return text.slice(0, at) + pair + text.slice(at);
}

/** A new line after the last pair, indented as the first. */
function insertLine(map: YAMLMap, { text, lineEnd, key, written }: Splice): string {
  const keyStart = rangeOf(map.items[0]?.key)[0];
  const indent = text
    .slice(text.lastIndexOf("\n", keyStart - 1) + 1, keyStart)
    .replace("\uFEFF", "");
  const end = rangeOf(map.items.at(-1)?.value)[2];
  const at = text.startsWith(lineEnd, end) ? end + lineEnd.length : end;
  const start = text.endsWith("\n", at) ? "" : lineEnd;
  return `${text.slice(0, at)}${start}${indent}${key}: ${written}${lineEnd}${text.slice(at)}`;
}

function appendLine({ text, lineEnd, key, written }: Splice): string {
  const start = text.endsWith("\n") || text.replace("\uFEFF", "") === "" ? "" : lineEnd;
  return `${text}${start}${key}: ${written}${lineEnd}`;
}

/** Start, end of the value, end of what belongs to it; nothing of the kind for a key without a value. */
function rangeOf(node: unknown): Range {
  return (isNode(node) ? node.range : undefined) ?? [0, 0, 0];
}

/** The text as the library prints it after the change. */
function printSetting(text: string, { keys, value }: SettingsEdit): string {
  const document = parse(text);
  const [first, second] = keys;
  const isSection = second === undefined || isMap(document.get(first, true));
  if (isSection) document.setIn(keys, value);
  else document.set(first, { [second]: value });
  return document.toString({ lineWidth: 0 });
}

type Values = Readonly<Record<string, unknown>>;

function isOnlyChange(before: string, after: string, { keys, value }: SettingsEdit): boolean {
  const document = parse(after);
  if (document.errors.length > 0) return false;
  const old = valuesOf(parse(before));
  const [first, second] = keys;
  const wanted =
    second === undefined ? value : { ...(old[first] as Values | undefined), [second]: value };
  return JSON.stringify({ ...old, [first]: wanted }) === JSON.stringify(valuesOf(document));
}

function valuesOf(document: Document.Parsed): Values {
  return { ...(document.toJS() as Values | null) };
}

/** Why the edited file is not valid; it was before, so that it must be the new value. */
function problemOf(text: string, path: string): string | undefined {
  try {
    parseSettings(text, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message;
  }
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { schema: "core", stringKeys: true, logLevel: "error" });
}
