import { InputError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { type ProgramOptions, runProgram } from "../process/run-program.ts";

export interface CommandOptions extends ProgramOptions {
  /** What to set so that another program is run, for messages. */
  readonly setting: string;
}

/**
 * Runs a program and returns the bytes it printed. Throws `InputError` when it cannot be started, fails, takes too long or
 * prints too much.
 */
export async function runCommand(
  argv: readonly string[],
  options: CommandOptions,
): Promise<Uint8Array> {
  const result = await runProgram(argv, options);
  if (result.kind === "ended") return result.stdout;
  const isMissing = result.kind === "not-started" && result.isMissing;
  const remedy = isMissing
    ? `Add the folder of ${quoteUntrusted(argv[0] ?? "")} to PATH, or name another program with ${options.setting}.`
    : `Run it by hand in the same folder, or change ${options.setting}.`;
  throw new InputError(result.problem, { remedy });
}
