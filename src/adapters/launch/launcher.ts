import type { LaunchAttempt, Launcher } from "../../ports/launcher.ts";
import { type ProgramOptions, type ProgramResult, runProgram } from "../process/run-program.ts";

const LAUNCH_TIMEOUT_MS = 10 * 60_000;
const CANCEL_TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export interface LauncherOptions {
  /** Where programs are run: the workspace. */
  readonly cwd: string;
  /** What of it a program may see is decided by an allow-list: no token and no input is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly timeoutMs?: number;
}

/**
 * Starts programs that put jobs into a queue: no shell, an environment of its own, at most ten minutes. What such a program
 * leaves running when it ends well stays alive, for that may be the job.
 */
export function createLauncher(options: LauncherOptions): Launcher {
  const { cwd, env, redact } = options;
  const base = { cwd, env, redact, maxBytes: MAX_OUTPUT_BYTES, sparesChildren: true };
  return {
    launch: ({ argv, operationId, experimentId }) =>
      attempt(argv, {
        ...base,
        timeoutMs: options.timeoutMs ?? LAUNCH_TIMEOUT_MS,
        extraEnv: {
          EXPERIMENT_MONITOR_OP_ID: operationId,
          EXPERIMENT_MONITOR_EXPERIMENT_ID: experimentId,
        },
      }),
    cancel: (argv) => attempt(argv, { ...base, timeoutMs: options.timeoutMs ?? CANCEL_TIMEOUT_MS }),
  };
}

const KINDS: Readonly<
  Record<Exclude<ProgramResult["kind"], "ended">, Exclude<LaunchAttempt["kind"], "ended">>
> = { "not-started": "not-started", failed: "failed", stopped: "unclear" };

async function attempt(argv: readonly string[], options: ProgramOptions): Promise<LaunchAttempt> {
  const result = await runProgram(argv, options);
  if (result.kind !== "ended")
    return { kind: KINDS[result.kind], reason: onOneLine(result.problem) };
  // Loggers print on stderr by default, so the line that names the job may stand in either.
  const stdout = Buffer.from(result.stdout).toString("utf8");
  return { kind: "ended", output: `${stdout}\n${result.stderr}` };
}

/** The sentence and the last line of what the program said; the reason goes into the ledger. */
function onOneLine(problem: string): string {
  const [sentence = "", ...said] = problem.split("\n");
  const last = said.at(-1);
  return last === undefined ? sentence : `${sentence} ${last}`;
}
