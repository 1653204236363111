import type { Command } from "commander";

/** Ends every help. */
export const AFTER_HELP = `
Results are JSON on stdout; what people read goes to stderr.
Exit codes: 0 done, 1 unexpected, 2 usage or input, 3 findings or refused, 4 invalid log, 5 remote refused or out of reach.`;

/** Which session a command is about. */
export function addSession(command: Command): Command {
  return command
    .option("--experiment-name <name>", "the session", "default")
    .option("--experiments-dir <folder>", "the folder of session folders (default: experiments)");
}

/** What every command takes, and its example. */
export function addCommon(command: Command, example: string): Command {
  return command
    .option("--json", "print the result as JSON")
    .option("--debug", "show where an error came from")
    .addHelpText("after", `\nExample:\n  $ experiment-monitor ${example}\n${AFTER_HELP}`);
}

/** What commands take that write. */
export function addWriting(command: Command): Command {
  return command
    .option("--dry-run", "say what would change and write nothing")
    .option("--commit", "commit the changed files with git");
}
