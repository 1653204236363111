import { createGlobTest } from "./glob.ts";
import { createPathShortener } from "./redact-paths.ts";
import { REDACTED, SECRET_SHAPES, SUSPICIOUS } from "./secret-shapes.ts";
import { encodeSecretValues } from "./secret-values.ts";

/** What a redactor knows about the run. */
export interface RedactorOptions {
  /** Absolute; paths under it become relative. */
  readonly repositoryRoot?: string | undefined;
  /** Absolute; paths under it begin with `~/`. */
  readonly home?: string | undefined;
  /** Exact values of the run's own secrets; shorter than 8 characters are ignored. */
  readonly secrets: readonly string[];
  /** `redact` of session.yml. */
  readonly settings: { readonly paths: boolean; readonly patterns: readonly string[] };
}

/** Makes a text fit to be committed and posted. */
export type Redactor = (text: string) => string;

/** A secret that stands in a text. */
export interface FoundSecret {
  /** What it looks like, for a message; never the secret itself. */
  readonly name: string;
  /** Where it begins, in UTF-16 units. */
  readonly index: number;
}

// No secret, and no path worth shortening, fits in fewer characters.
const SHORTEST = 3;

/** Builds the redactor of one session and run; applying it twice changes nothing more. */
export function createRedactor(options: RedactorOptions): Redactor {
  const values = encodeSecretValues(options.secrets);
  const shortestValue = values.at(-1)?.length ?? Number.POSITIVE_INFINITY;
  const shortenPaths = options.settings.paths ? createPathShortener(options) : undefined;
  const redactWords = createWordRedactor(options.settings.patterns);
  return untilStable((text) => {
    if (text.length < SHORTEST && redactWords === undefined) return text;
    let safe = text;
    if (safe.length >= shortestValue) safe = redactValues(safe, values);
    if (SUSPICIOUS.test(safe)) safe = redactShapes(safe);
    if (redactWords !== undefined) safe = redactWords(safe);
    return shortenPaths === undefined ? safe : shortenPaths(safe);
  });
}

/** The first of the run's own secrets in what is about to leave the machine; the last gate before a commit. */
export function findOwnSecret(
  bytes: Uint8Array,
  secrets: readonly string[],
): FoundSecret | undefined {
  const text = decode(bytes);
  for (const value of encodeSecretValues(secrets)) {
    const index = text.indexOf(value);
    if (index >= 0) return { name: "a secret of this run", index };
  }
  return undefined;
}

function redactValues(text: string, values: readonly string[]): string {
  let safe = text;
  for (const value of values) {
    if (safe.includes(value)) safe = safe.replaceAll(value, REDACTED);
  }
  return safe;
}

function redactShapes(text: string): string {
  let safe = text;
  for (const { pattern, replacement } of SECRET_SHAPES) safe = safe.replace(pattern, replacement);
  return safe;
}

const MOST_ROUNDS = 6;

/** What is removed or shortened can leave a boundary at which the text beside it now has a shape of its own. */
function untilStable(redact: Redactor): Redactor {
  return (text) => {
    let safe = text;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = safe;
      safe = redact(before);
      if (safe === before) break;
    }
    return safe;
  };
}

function createWordRedactor(patterns: readonly string[]): Redactor | undefined {
  if (patterns.length === 0) return undefined;
  const isHidden = createGlobTest(patterns);
  return (text) => text.replace(/\S+/g, (word) => (isHidden(word) ? REDACTED : word));
}

/** Secrets are ASCII, so any decoding that keeps ASCII in place will do; this one cannot fail. */
function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
