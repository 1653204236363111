#!/usr/bin/env node
import { endQuietlyOnClosedPipe, printError } from "../adapters/cli/output.ts";
import { createProgram, isHelp, isUsageError } from "../adapters/cli/program.ts";
import { EXIT, exitCodeOf } from "../core/errors.ts";

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(async (command, flags) => {
    // Loaded when a command runs, so that help costs nothing.
    const { COMMANDS } = await import("./commands/commands.ts");
    exitCode = await COMMANDS[command](flags);
  }, argv[0]);
  await program.parseAsync([...argv], { from: "user" });
  return exitCode;
}

endQuietlyOnClosedPipe();
const argv = process.argv.slice(2);
main(argv)
  .then((exitCode) => {
    process.exitCode = exitCode;
  })
  .catch(async (error: unknown) => {
    if (isHelp(error)) return;
    // commander has said what was wrong with the flags already.
    if (!isUsageError(error)) printError(error, argv.includes("--debug"));
    process.exitCode = isUsageError(error) ? EXIT.input : exitCodeOf(error);
    if (argv[0] !== "merge") return;
    const { failMerge } = await import("./commands/merge.ts");
    process.exitCode = await failMerge(argv.slice(1));
  });
