import type { Command } from "commander";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { DRIVER_SETUP, renderAttributes } from "../../core/session/git-attributes.ts";
import { addCommon, addSession } from "./common-flags.ts";

/** `check`: what is wrong with a session's files, or with a change of them. */
export function addCheck(command: Command): void {
  addSessions(command)
    .option("--log-path <file>", "one log, wherever it is")
    .option(
      "--base <revision>",
      "also review what changed since the revision, as a pull request is",
    );
  addCommon(command, "check --base origin/main");
}

/** `diff`: what differs between two versions of the logs. */
export function addDiff(command: Command): void {
  addSessions(
    command
      .argument("<base>", "a branch, a tag or a commit")
      .argument("[head]", "another one (default: the working tree)"),
  )
    .option("--markdown", "print the difference as markdown")
    .option("--exit-code", "exit with 3 when something differs");
  addCommon(command, "diff main");
}

const DRIVER_HELP = `
As git merge driver, once in every clone:
  $ ${DRIVER_SETUP}
and in .gitattributes, which \`start\` writes:
  ${renderAttributes("experiments", SESSION_FILES.log)}
Exit codes here: 0 merged, 1 conflicts (in OURS between markers), above 128 failed (OURS as it was; a file that git made gets a marker).`;

/** `merge`: three versions of a file into one. */
export function addMerge(command: Command): void {
  command
    .argument("<base>", "the version that both sides come from")
    .argument("<ours>", "our version; the result is written here")
    .argument("<theirs>", "their version")
    .argument("[path]", "where the file stands; its name says what it is (default: that of ours)");
  addCommon(command, "merge base.csv ours.csv theirs.csv experiments/mnist/experiment_log.csv");
  command.addHelpText("after", DRIVER_HELP);
}

/** `history`: the life of a row. */
export function addHistory(command: Command): void {
  addSession(command.argument("<id>", "the experiment"));
  addCommon(command, "history lower-lr --experiment-name mnist");
}

function addSessions(command: Command): Command {
  return command
    .option("--experiment-name <name>", "the session (default: every session)")
    .option("--experiments-dir <folder>", "the folder of session folders (default: experiments)");
}
