import type { Readable } from "node:stream";
import { quoteUntrusted, safeLine } from "../../core/text/safe-log.ts";
import { buildChildEnvironment } from "./child-environment.ts";
import { type Guard, type GuardLimits, guardProcess } from "./guard-process.ts";
import { HAS_GROUPS } from "./signal-group.ts";

export interface ProgramOptions extends GuardLimits {
  readonly cwd: string;
  /** What of it the program may see is decided by an allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Set besides. */
  readonly extraEnv?: Readonly<Record<string, string>>;
  readonly redact: (text: string) => string;
}

/** How a program ended. Problems are sentences, but for the end of what it said on lines below. */
export type ProgramResult =
  | { readonly kind: "ended"; readonly stdout: Uint8Array; readonly stderr: string }
  /** `isMissing`: there is no such program on PATH. */
  | { readonly kind: "not-started"; readonly problem: string; readonly isMissing: boolean }
  /** It ended by itself, with an exit code other than 0. */
  | { readonly kind: "failed"; readonly problem: string }
  /** It was ended: from outside, or because it took too long or printed too much. */
  | { readonly kind: "stopped"; readonly problem: string };

/** What execa tells of a finished program, as far as it is looked at. */
interface Finished {
  readonly failed: boolean;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly code?: string | undefined;
  readonly stdout: Uint8Array;
}

interface Outcome extends Finished {
  /** The end of it. */
  readonly stderr: Uint8Array;
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
}

const SHOWN_LINES = 5;
const SHOWN_CHARACTERS = 300;
/** As much of stderr as is looked at; a program that reports progress may print any amount. */
const KEPT_BYTES = 16_384;

/**
 * Runs a program without a shell, bounded in time and in what it prints; its output is kept, never shown. execa is loaded with
 * the first program.
 */
export async function runProgram(
  argv: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const outcome = await run(argv, options);
  if (!outcome.failed) {
    const stderr = Buffer.from(outcome.stderr).toString("utf8");
    return { kind: "ended", stdout: outcome.stdout, stderr };
  }
  const problem = problemOf(argv, outcome, options);
  const isMissing = outcome.code === "ENOENT";
  if (isMissing || outcome.code === "EACCES") return { kind: "not-started", problem, isMissing };
  return { kind: isStopped(outcome) ? "stopped" : "failed", problem };
}

function isStopped({ timedOut, isMaxBuffer, signal, exitCode }: Outcome): boolean {
  return timedOut || isMaxBuffer || signal !== undefined || exitCode === undefined;
}

async function run(argv: readonly string[], options: ProgramOptions): Promise<Outcome> {
  const { execa } = await import("execa");
  const [program = "", ...rest] = argv;
  const child = execa(program, rest, {
    cwd: options.cwd,
    env: { ...buildChildEnvironment(options.env), ...options.extraEnv },
    extendEnv: false,
    shell: false,
    stdin: "ignore",
    encoding: "buffer",
    stripFinalNewline: false,
    buffer: { stdout: true, stderr: false },
    // One more than is accepted, so that the guard sees what passes the limit.
    maxBuffer: options.maxBytes + 1,
    detached: HAS_GROUPS,
    reject: false,
    windowsHide: true,
  });
  const guard = guardProcess(child, options);
  const readEnd = keepEnd(child.stderr, KEPT_BYTES);
  try {
    return { ...outcomeOf(await child, guard), stderr: readEnd() };
  } finally {
    guard.stop();
  }
}

/** Reads a stream to its end and keeps the last bytes of it. */
function keepEnd(stream: Readable, bytes: number): () => Uint8Array {
  let end = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    end = Buffer.concat([end, chunk]).subarray(-bytes);
  });
  return () => end;
}

function outcomeOf(result: Finished, guard: Guard): Omit<Outcome, "stderr"> {
  const [timedOut, isMaxBuffer] = [guard.tookTooLong(), guard.printedTooMuch()];
  // Cut off from its children's output, a program that ended well has still said what it had to say.
  const ended = guard.leftChildren() && result.exitCode === 0;
  return {
    ...result,
    timedOut,
    isMaxBuffer,
    failed: timedOut || isMaxBuffer || (result.failed && !ended),
  };
}

function problemOf(argv: readonly string[], outcome: Outcome, options: ProgramOptions): string {
  const command = `The command ${options.redact(quoteUntrusted(argv.join(" ")))}`;
  // execa reports a missing working directory with the same code, but the caller's folder exists.
  if (outcome.code === "ENOENT")
    return `${command} cannot be run: there is no such program on PATH.`;
  if (outcome.code === "EACCES") return `${command} cannot be run: the file is not executable.`;
  if (outcome.timedOut)
    return `${command} gave no answer within ${options.timeoutMs / 1000} seconds.`;
  if (outcome.isMaxBuffer)
    return `${command} printed more than ${Math.round(options.maxBytes / 1_048_576)} MB.`;
  const end =
    outcome.signal === undefined
      ? `failed with exit code ${outcome.exitCode ?? "unknown"}`
      : `was ended by ${outcome.signal}`;
  const said = lastLines(outcome.stderr, options.redact);
  return said === "" ? `${command} ${end} and said nothing.` : `${command} ${end}:\n${said}`;
}

/** The end of what a program said, fit for a message: redacted, visible, bounded. */
function lastLines(stderr: Uint8Array, redact: (text: string) => string): string {
  return redact(Buffer.from(stderr).toString("utf8"))
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(-SHOWN_LINES)
    .map((line) => safeLine(line.slice(0, SHOWN_CHARACTERS)))
    .join("\n");
}
