import type { Readable } from "node:stream";
import { InputError } from "../../core/errors.ts";
import { quoteUntrusted, safeLine } from "../../core/text/safe-log.ts";
import { buildChildEnvironment } from "./child-environment.ts";
import { type Guard, guardProcess } from "./guard-process.ts";

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** What to set so that another program is run, for messages. */
  readonly setting: string;
}

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
 * Runs a program without a shell and returns the bytes it printed. Throws `InputError` when it cannot
 * be started, fails, takes too long or prints too much. execa is loaded with the first command.
 */
export async function runCommand(
  argv: readonly string[],
  options: CommandOptions,
): Promise<Uint8Array> {
  const outcome = await run(argv, options);
  if (!outcome.failed) return outcome.stdout;
  throw new InputError(problemOf(argv, outcome, options), {
    remedy: remedyOf(argv, outcome, options),
  });
}

async function run(argv: readonly string[], options: CommandOptions): Promise<Outcome> {
  const { execa } = await import("execa");
  const [program = "", ...rest] = argv;
  const child = execa(program, rest, {
    cwd: options.cwd,
    env: buildChildEnvironment(options.env),
    extendEnv: false,
    shell: false,
    stdin: "ignore",
    encoding: "buffer",
    stripFinalNewline: false,
    buffer: { stdout: true, stderr: false },
    // One more than is accepted, so that the guard sees what passes the limit.
    maxBuffer: options.maxBytes + 1,
    detached: process.platform !== "win32",
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

function problemOf(argv: readonly string[], outcome: Outcome, options: CommandOptions): string {
  const command = `The command ${options.redact(quoteUntrusted(argv.join(" ")))}`;
  if (isMissing(outcome)) return `${command} cannot be run: there is no such program on PATH.`;
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

function remedyOf(argv: readonly string[], outcome: Outcome, options: CommandOptions): string {
  if (isMissing(outcome)) {
    return `Add the folder of ${quoteUntrusted(argv[0] ?? "")} to PATH, or name another program with ${options.setting}.`;
  }
  return `Run it by hand in the same folder, or change ${options.setting}.`;
}

// execa reports a missing working directory with the same code, but the caller's folder exists.
function isMissing({ code }: Outcome): boolean {
  return code === "ENOENT";
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
