import { Command, CommanderError, Option } from "commander";
import { STATUSES } from "../../core/log/columns.ts";
import { VERSION } from "../../core/version.ts";
import { AFTER_HELP, addCommon, addSession, addWriting } from "./common-flags.ts";
import { addCheck, addDiff, addHistory, addMerge } from "./review-flags.ts";

/** The flags of one call, as commander names them; a flag that was not given is absent. `words`: what stands between them. */
export type Flags = Readonly<Record<string, unknown>>;

/** Runs a command. */
export type RunCommand = (command: CommandName, flags: Flags) => Promise<void>;

export type CommandName =
  | "start"
  | "sync"
  | "upsert"
  | "report"
  | "command"
  | "launch"
  | "check"
  | "diff"
  | "merge"
  | "history";

/**
 * Builds the command line. It only reads flags: what they mean is the business of who runs the commands.
 *
 * @param called the first argument: only that command gets its flags, the others just their name
 */
export function createProgram(run: RunCommand, called: string | undefined): Command {
  const program = new Command("experiment-monitor")
    .description("Keeps the record of an experimentation loop in git.")
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText("after", AFTER_HELP);
  for (const [name, { description, addFlags }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(description).exitOverride();
    if (name === called) addFlags(command);
    command.action(() => run(name as CommandName, { ...command.opts(), words: command.args }));
  }
  return program;
}

const COMMANDS: Readonly<
  Record<CommandName, { readonly description: string; addFlags(command: Command): void }>
> = {
  start: { description: "create or resume a session and its files", addFlags: addStart },
  sync: { description: "bring the queue's status into the log", addFlags: addSync },
  upsert: { description: "record one experiment, or change its row", addFlags: addUpsert },
  report: { description: "render the report from the log", addFlags: addReport },
  command: { description: "apply slash commands from a text", addFlags: addCommand },
  launch: { description: "start approved experiments", addFlags: addLaunch },
  check: {
    description: "validate the log and session.yml, or review a change",
    addFlags: addCheck,
  },
  diff: { description: "what differs between two versions, by experiment", addFlags: addDiff },
  merge: { description: "git merge driver for the log and the ledger", addFlags: addMerge },
  history: { description: "every change of an experiment, from git", addFlags: addHistory },
};

/** Whether commander only showed help or the version; any other of its errors is a matter of usage. */
export function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0;
}

export function isUsageError(error: unknown): boolean {
  return error instanceof CommanderError;
}

function addObjective(command: Command): Command {
  return command
    .option("--objective-metric <name>", "the metric that counts")
    .addOption(
      new Option("--objective-mode <mode>", "whether larger or smaller is better").choices([
        "max",
        "min",
      ]),
    );
}

function addStart(command: Command): void {
  command
    .option("--name <name>", "the session (default: experiment-YYYYMMDD-HHMMSS)")
    .option("--experiments-dir <folder>", "the folder of session folders (default: experiments)")
    .option("--new", "fail when the session exists")
    .option("--resume", "fail when the session does not exist; needs --name");
  addObjective(command)
    .option("--objective-target <value>", "the value at which the loop may stop")
    .option("--issue <number>", "the issue or pull request that carries the report")
    .option("--queue <kind>", "the kind of queue");
  addCommon(
    addWriting(command),
    "start --name mnist --objective-metric val/loss --objective-mode min",
  );
}

function addSync(command: Command): void {
  addSession(command)
    .option("--log-path <file>", "the log, wherever it is")
    .option("--status-json <file>", "the queue's status as JSON; then no command is run")
    .option("--owner <name>", "owner of rows that have none");
  addCommon(addWriting(command), "sync --experiment-name mnist --status-json queue_status.json");
}

/** Flags of `upsert` that are cells of the row, in the order of the columns. */
const CELL_FLAGS: readonly (readonly [string, string])[] = [
  ["--parent-experiment-id <id>", "the experiment this one branches from"],
  ["--queue-job-id <id>", "the queue's id of its job"],
  ["--task-key <key>", "the task it runs"],
  ["--command <line>", "the launch command"],
  ["--config-path <path>", "the config snapshot"],
  ["--run-dir <path>", "the output directory"],
  ["--objective-value <number>", "the observed value"],
  ["--hypothesis <text>", "what is expected, and why"],
  ["--change-summary <text>", "what differs from its parent"],
  ["--result-summary <text>", "one line of outcome"],
  ["--next-action <text>", "what to do next"],
  ["--started-at <time>", "ISO 8601 in UTC"],
  ["--ended-at <time>", "ISO 8601 in UTC"],
  ["--owner <name>", "owner or agent"],
  ["--notes <text>", "free text"],
];

function addUpsert(command: Command): void {
  addSession(command)
    .option("--log-path <file>", "the log, wherever it is")
    .requiredOption("--experiment-id <id>", "the row")
    .addOption(new Option("--status <status>", "its status").choices([...STATUSES]));
  addObjective(command);
  for (const [flag, description] of CELL_FLAGS) command.option(flag, description);
  command
    .option("--metrics-json <json>", "an object of further metrics, merged by name")
    .option("--metrics-json-file <file>", "the same from a file")
    .option("--metric <name=value>", "one metric; repeatable, wins over the JSON", collect, []);
  addCommon(
    addWriting(command),
    "upsert --experiment-name mnist --experiment-id lower-lr --status planned --hypothesis 'less noise'",
  );
}

function addReport(command: Command): void {
  addSession(command)
    .option("--log-path <file>", "the log, wherever it is")
    .option("--output-path <file>", "where the report goes (default: beside the log)")
    .option("--title <text>", "the report's title", "Experiment Monitor Report")
    .option("--max-rows <number>", "rows of the recent table (default: session.yml, else 25)")
    .addOption(
      new Option("--objective-mode <mode>", "whether larger or smaller is better")
        .choices(["auto", "max", "min"])
        .default("auto"),
    );
  addCommon(addWriting(command), "report --experiment-name mnist");
}

function addCommand(command: Command): void {
  addSession(command)
    .option("--log-path <file>", "the log, wherever it is")
    .requiredOption("--body-file <file>", "the commands, as they would stand in a comment")
    .requiredOption("--actor <login>", "who gives them")
    .option("--comment-id <id>", "the same id twice applies them once (default: a new one)")
    .option("--command-prefix <word>", "word before every command");
  addCommon(
    addWriting(command),
    "command --experiment-name mnist --body-file proposal.md --actor octocat",
  );
}

function addLaunch(command: Command): void {
  addSession(command.argument("[id...]", "the experiments (default: what /launch has queued)"))
    .option("--log-path <file>", "the log, wherever it is")
    .option("--actor <login>", "whose word it is, for the ledger", "local")
    .option("--force", "although what came of an earlier launch is unknown");
  addCommon(addWriting(command), "launch --experiment-name mnist lower-lr");
}

function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}
