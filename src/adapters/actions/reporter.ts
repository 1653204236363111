import {
  type AnnotationProperties,
  error,
  info,
  setFailed,
  setOutput,
  summary,
  warning,
} from "@actions/core";
import { LogError, MonitorError, type Position } from "../../core/errors.ts";
import { safeLines } from "../../core/text/safe-log.ts";
import type { Annotation, Reporter } from "../../ports/reporter.ts";

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MOST_SUMMARY_BYTES = 1024 * 1024;

/** The runner as a place to report to. */
export interface ActionsReporter extends Reporter {
  /** Fails the run with the error's sentence and remedy; only the first failure counts. */
  fail(failure: unknown): void;
}

/** Everything printed goes through the safe log; `redact` removes what must not be shown at all. */
export function createActionsReporter(options: {
  /** Adds the stack of a failure. */
  readonly isDebug: boolean;
  readonly redact?: (text: string) => string;
}): ActionsReporter {
  const redact = options.redact ?? ((text: string) => text);
  const safe = (text: string) => safeLines(redact(text));
  const warn = (message: string) => warning(safe(message));
  let failed = false;
  return {
    info: (message) => info(safe(message)),
    warning: warn,
    annotate: (note) => {
      const say = note.level === "error" ? error : warning;
      say(safe(note.sentence), placeOf(note));
    },
    outputs: (values) => {
      for (const [name, value] of Object.entries(values)) setOutput(name, redact(value));
    },
    summary: createSummary(warn),
    fail: (failure) => {
      const text = safe(sentencesOf(failure, options.isDebug));
      if (failed) info(text);
      else failWith(text, failure);
      failed = true;
    },
  };
}

function createSummary(warn: (message: string) => void): (markdown: string) => Promise<void> {
  let written = 0;
  return async (markdown) => {
    const bytes = Buffer.byteLength(markdown) + 1;
    if (written + bytes > MOST_SUMMARY_BYTES) {
      return warn(
        `The job summary is full: ${bytes} bytes more would pass the runner's limit of 1 MiB.`,
      );
    }
    try {
      await summary.addRaw(markdown, true).write();
      written += bytes;
    } catch {
      // The summary repeats what the comment and the log say, so a runner without one is no failure.
      summary.emptyBuffer();
      warn("The job summary could not be written: this runner offers no GITHUB_STEP_SUMMARY.");
    }
  };
}

function sentencesOf(failure: unknown, isDebug: boolean): string {
  if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`;
  const sentences =
    failure instanceof MonitorError
      ? [failure.message, failure.remedy]
      : [`Unexpected failure: ${failure.message}`, "Run again with debug logging to see where."];
  return [...sentences, isDebug ? stackOf(failure) : undefined]
    .filter((sentence) => sentence !== undefined)
    .join("\n");
}

function stackOf(failure: Error): string {
  const cause = failure.cause instanceof Error ? `\nCaused by ${stackOf(failure.cause)}` : "";
  return `${failure.stack ?? failure.name}${cause}`;
}

/** The runner takes a column only where a note does not span lines. */
function placeOf({ path, line, endLine, column }: Annotation): AnnotationProperties {
  const isOneLine = endLine === undefined || endLine === line;
  return {
    file: path,
    ...(line === undefined ? {} : { startLine: line }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(column === undefined || !isOneLine ? {} : { startColumn: column }),
  };
}

function failWith(text: string, failure: unknown): void {
  const position = failure instanceof LogError ? failure.position : undefined;
  if (position === undefined) setFailed(text);
  else annotate(text, position);
}

/** A failure that is shown at its line in the file. */
function annotate(text: string, { path, line, column }: Position): void {
  const place: AnnotationProperties = { file: path, startLine: line, startColumn: column };
  error(text, place);
  process.exitCode = 1;
}
