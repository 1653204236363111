import { InputError } from "../../core/errors.ts";
import { boundTime } from "../process/bound-time.ts";
import { HAS_GROUPS } from "../process/signal-group.ts";

/** One git process to run. */
export interface GitCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: Uint8Array | string;
  /** Bounds the process, in milliseconds; the default is two minutes. */
  readonly timeoutMs?: number;
}

/** What a git process answered. */
export interface GitResult {
  readonly ok: boolean;
  readonly exitCode: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const TIMEOUT_MS = 120_000;
const MAX_BYTES = 512 * 1024 * 1024;

/** Runs git with an argument list, no shell and an explicit environment. Throws `InputError` when git is not installed. */
export async function runGit(call: GitCall): Promise<GitResult> {
  const { execa } = await import("execa");
  const child = execa("git", call.args, {
    cwd: call.cwd,
    env: call.env,
    extendEnv: false,
    ...(call.input === undefined ? { stdin: "ignore" as const } : { input: call.input }),
    encoding: "buffer",
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    detached: HAS_GROUPS,
    reject: false,
  });
  // git's transport helpers outlive git and hold its pipes open, so its time is bounded until those are closed.
  const bound = boundTime(child, call.timeoutMs ?? TIMEOUT_MS);
  const result = await child;
  bound.stop();
  if (result.failed && result.code === "ENOENT") throw missingGit(result);
  return {
    ok: !result.failed,
    exitCode: result.exitCode,
    stdout: toBuffer(result.stdout),
    stderr: toBuffer(result.stderr).toString("utf8"),
    timedOut: bound.tookTooLong(),
  };
}

/** The error when there is no git program. */
function missingGit(cause: unknown): InputError {
  return new InputError("The program git was not found on PATH.", {
    remedy: "Install git 2.31 or newer, or use the input `transport: api`, which needs none.",
    cause,
  });
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
