import { printError } from "../adapters/cli/output.ts";
import {
  type CommandName,
  createProgram,
  type Flags,
  isHelp,
  isUsageError,
} from "../adapters/cli/program.ts";
import { EXIT, exitCodeOf } from "../core/errors.ts";

/** What each command does; loaded when it is called, so that help costs nothing. */
const COMMANDS: Readonly<
  Record<CommandName, () => Promise<{ run(flags: Flags): Promise<number> }>>
> = {
  start: () => import("./commands/start.ts"),
  sync: () => import("./commands/sync.ts"),
  upsert: () => import("./commands/upsert.ts"),
  report: () => import("./commands/report.ts"),
  check: () => import("./commands/check.ts"),
};

async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(async (command, flags) => {
    const { run } = await COMMANDS[command]();
    exitCode = await run(flags);
  }, argv[0]);
  await program.parseAsync([...argv], { from: "user" });
  return exitCode;
}

const argv = process.argv.slice(2);
main(argv)
  .then((exitCode) => {
    process.exitCode = exitCode;
  })
  .catch((error: unknown) => {
    if (isHelp(error)) return;
    // commander has said what was wrong with the flags already.
    if (!isUsageError(error)) printError(error, argv.includes("--debug"));
    process.exitCode = isUsageError(error) ? EXIT.input : exitCodeOf(error);
  });
