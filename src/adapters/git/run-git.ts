import { InputError } from "../../core/errors.ts";

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
  const result = await execa("git", call.args, {
    cwd: call.cwd,
    env: call.env,
    extendEnv: false,
    ...(call.input === undefined ? { stdin: "ignore" as const } : { input: call.input }),
    encoding: "buffer",
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    timeout: call.timeoutMs ?? TIMEOUT_MS,
    forceKillAfterDelay: 5_000,
    reject: false,
  });
  if (result.failed && result.code === "ENOENT") throw missingGit(result);
  return {
    ok: !result.failed,
    exitCode: result.exitCode,
    stdout: toBuffer(result.stdout),
    stderr: toBuffer(result.stderr).toString("utf8"),
    timedOut: result.timedOut,
  };
}

/** The error when there is no git program. */
export function missingGit(cause: unknown): InputError {
  return new InputError("The program git was not found on PATH.", {
    remedy: "Install git 2.31 or newer, or use the input `transport: api`, which needs none.",
    cause,
  });
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
