import { lstat } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { parseInstant } from "../../core/text/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { QueueSource, QueueText } from "../../ports/queue-source.ts";
import { type CommandOptions, runCommand } from "./run-command.ts";

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** A file may be as large as a log: it is read once and nothing streams behind it. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;
/** A run's own metrics are a handful of numbers. */
const MAX_METRICS_BYTES = 1024 * 1024;

/** Reads a regular file, as `readRegularFile` of the files adapter does. */
export type ReadFile = (
  path: string,
  limits: { readonly maxBytes: number; readonly followSymlink: boolean },
) => Promise<
  | { readonly kind: "read"; readonly bytes: Uint8Array; readonly modifiedMs: number }
  | { readonly kind: "absent" }
  | { readonly kind: "refused"; readonly reason: string }
>;

export interface QueueSourceOptions {
  /** Where relative paths begin and commands are run. */
  readonly cwd: string;
  /** What of it a command may see is decided by an allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly clock: Pick<Clock, "now">;
  readonly readFile: ReadFile;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/**
 * Reads a queue by a file of at most 100 MB, or by a command: at most 60 seconds and 64 MB, unless the
 * options say otherwise.
 */
export function createQueueSource(options: QueueSourceOptions): QueueSource {
  const { timeoutMs = TIMEOUT_MS, maxBytes } = options;
  const commandOptions = (setting: string): CommandOptions => ({
    ...options,
    timeoutMs,
    maxBytes: maxBytes ?? MAX_OUTPUT_BYTES,
    setting,
  });
  return {
    readStatus: (source) =>
      source.kind === "file"
        ? readStatusFile(source.path, { ...options, maxBytes: maxBytes ?? MAX_FILE_BYTES })
        : readCommand(
            source.argv,
            commandOptions("input queue-command or queue.status in session.yml"),
          ),
    isFolder: async (runDir) => {
      const stat = await lstat(resolve(options.cwd, runDir)).catch(() => undefined);
      return stat?.isDirectory() ?? false;
    },
    readRunMetrics: (runDir) => readRunMetrics(runDir, options),
    readMetrics: (argv) =>
      readCommand(argv, commandOptions("input metrics-command or queue.metrics in session.yml")),
  };
}

async function readCommand(argv: readonly string[], options: CommandOptions): Promise<QueueText> {
  const source = options.redact(argv.join(" "));
  const bytes = await runCommand(argv, options);
  return { text: decode(bytes, `The output of ${quoteUntrusted(source)}`), source };
}

async function readStatusFile(
  path: string,
  options: QueueSourceOptions & { readonly maxBytes: number },
): Promise<QueueText> {
  const source = options.redact(path);
  const name = `The queue status ${quoteUntrusted(source)}`;
  const reading = await options.readFile(resolve(options.cwd, path), {
    maxBytes: options.maxBytes,
    followSymlink: true,
  });
  if (reading.kind === "absent") {
    throw new InputError(`${name} does not exist.`, {
      remedy:
        "Check input queue-status or queue.status in session.yml, and the step that writes the file.",
    });
  }
  if (reading.kind === "refused") throw new InputError(`${name} ${reading.reason}.`);
  const age = (parseInstant(options.clock.now()) ?? 0) - reading.modifiedMs / 1000;
  return { text: decode(reading.bytes, name), source, ageSeconds: Math.max(0, Math.floor(age)) };
}

/** A run folder that is not on this machine has no metrics here, and that is no fault. */
async function readRunMetrics(
  runDir: string,
  options: QueueSourceOptions,
): Promise<QueueText | undefined> {
  const path = resolve(options.cwd, runDir, "metrics.json");
  const reading = await options.readFile(path, {
    maxBytes: MAX_METRICS_BYTES,
    followSymlink: false,
  });
  const source = options.redact(path);
  if (reading.kind === "absent") return undefined;
  if (reading.kind === "refused") {
    throw new InputError(`The metrics file ${quoteUntrusted(source)} ${reading.reason}.`);
  }
  return { text: decode(reading.bytes, quoteUntrusted(source)), source };
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(`${name} is not UTF-8 text.`, { cause });
  }
}
