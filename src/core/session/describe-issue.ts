import type * as z from "zod/mini";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { SESSION_SCHEMA } from "./schema.ts";

/** A problem of a settings document, without its place in the text. */
export interface DescribedIssue {
  /** The keys that lead to the value. */
  readonly path: readonly PropertyKey[];
  /** Set when the problem is a key of that value. */
  readonly key?: string;
  readonly sentence: string;
}

/** One issue for each unknown key; any other issue as it is. */
export function splitIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ ...issue, keys: [key] }));
}

/** What is wrong with the document, as a sentence. */
export function describeIssue(issue: z.core.$ZodIssue, document: unknown): DescribedIssue {
  const { path } = issue;
  const [key] = issue.code === "unrecognized_keys" ? issue.keys : [];
  if (key !== undefined) return { path, key, sentence: unknownKey(key, path) };
  const value = valueAt(document, path);
  const found = value === undefined || value === null ? "is missing" : `is ${show(value)}`;
  return { path, sentence: `${nameOf(path)} ${found}, expected ${issue.message}.` };
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = keysAt(path);
  const near = nearestName(key, known);
  const where = path.length === 0 ? "session.yml" : nameOf(path);
  const hint = near === undefined ? `Its keys are ${known.join(", ")}.` : `Did you mean ${near}?`;
  return `${quoteUntrusted(key)} is not a key of ${where}. ${hint}`;
}

/** The keys a mapping may have, from the schema itself. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType | undefined = SESSION_SCHEMA;
  for (const key of path) schema = shapeOf(schema)?.[String(key)];
  return Object.keys({ ...shapeOf(schema) });
}

function shapeOf(schema: z.core.$ZodType | undefined): z.core.$ZodShape | undefined {
  const definition = schema?._zod.def as
    | { readonly shape?: z.core.$ZodShape; readonly innerType?: z.core.$ZodType }
    | undefined;
  return definition?.innerType === undefined ? definition?.shape : shapeOf(definition.innerType);
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "session.yml";
  return path.map((key) => (typeof key === "number" ? `entry ${key + 1}` : String(key))).join(".");
}

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? quoteUntrusted(value) : String(value);
}
