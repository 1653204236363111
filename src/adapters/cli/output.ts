import { MonitorError } from "../../core/errors.ts";
import type { Finding } from "../../core/review/review.ts";
import { safeLine, safeLines } from "../../core/text/safe-log.ts";
import type { Reporter } from "../../ports/reporter.ts";

/** A result for machines: JSON with sorted keys, two spaces, a line end, as Python's json writes it. */
export function printResult(result: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${visibleJson(JSON.stringify(sortKeys(result), null, 2))}\n`);
}

/**
 * A reader that has seen enough, such as `head`, is no failure. Without one of stderr the work goes on: what is
 * said there is no result.
 */
export function endQuietlyOnClosedPipe(): void {
  process.stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

/** The same JSON, in which a runner finds no command and a terminal nothing to obey: what is not visible is a `\u` escape. */
function visibleJson(json: string): string {
  return json.split("\n").map(safeLine).join("\n");
}

/** A result for people. */
export function printText(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress and warnings for people, on stderr. */
export function createTerminalReporter(): Pick<Reporter, "info" | "warning"> {
  return {
    info: (message) => say(message),
    warning: (message) => say(`warning: ${message}`),
  };
}

/** Says what went wrong and what to do about it; the stack only where it was asked for. */
export function printError(error: unknown, withStack: boolean): void {
  const message = error instanceof Error ? error.message : String(error);
  say(`error: ${message}`);
  if (error instanceof MonitorError && error.remedy !== undefined) say(error.remedy);
  if (withStack && error instanceof Error && error.stack !== undefined) say(error.stack);
}

/** A finding as compilers write theirs, so that editors find the place. */
export function printFinding({ path, line, column, level, sentence }: Finding): void {
  const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
  say(`${place}: ${level}: ${sentence}`);
}

function say(message: string): void {
  process.stderr.write(`${safeLines(message)}\n`);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
