import type { CommandName, Flags } from "../../adapters/cli/program.ts";
import { runCheck } from "./check.ts";
import { runCommand } from "./command.ts";
import { runDiff } from "./diff.ts";
import { runHistory } from "./history.ts";
import { runLaunch } from "./launch.ts";
import { runMerge } from "./merge.ts";
import { runReport } from "./report.ts";
import { runStart } from "./start.ts";
import { runSync } from "./sync.ts";
import { runUpsert } from "./upsert.ts";

/** What each command of the command line does; the number is the exit code. */
export const COMMANDS: Readonly<Record<CommandName, (flags: Flags) => Promise<number>>> = {
  start: runStart,
  sync: runSync,
  upsert: runUpsert,
  report: runReport,
  command: runCommand,
  launch: runLaunch,
  check: runCheck,
  diff: runDiff,
  merge: runMerge,
  history: runHistory,
};
