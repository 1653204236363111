import type { CommandName } from "./command.ts";
import { PROPOSAL_FIELDS } from "./proposal-fields.ts";
import type { NeededRole } from "./role.ts";

/** What is known of a command before any comment is read. */
export interface CommandSpec {
  /** The least role that may give it. */
  readonly needs: NeededRole;
  /** Whoever proposed the experiment may give it, too, with the role that proposing needs. */
  readonly isProposers?: boolean;
  /** Whether it changes the session's files, and so stands in the ledger. */
  readonly changes: boolean;
  /** How it is written, without the prefix and without `session=`, which all of them take. */
  readonly usage: string;
  /** What it does, one sentence. */
  readonly about: string;
  /** A whole comment that gives it. */
  readonly example: string;
  /** Keys of `key=value` besides `session`; `/result` also takes names of metrics. */
  readonly keys: readonly string[];
  /** Flags, without their hyphens. */
  readonly flags: readonly string[];
  /** Whether the lines below belong to it; below others they are conversation. */
  readonly takesText: boolean;
}

/** Commands that one comment may hold. */
export const MOST_COMMANDS = 10;

const SPECS = {
  propose: {
    needs: "triage",
    changes: true,
    usage: "/propose [id] [parent=<id>] [metric=<name>] [mode=max|min] [--sweep]",
    about: "Records an experiment to be run: a hypothesis, and what is to change.",
    example: [
      "/propose lr-3e-4 parent=lr-1e-3",
      "A third of the learning rate makes the loss fall more steadily.",
      "expect: val_loss below 2.10",
      "change: learning rate 1e-3 to 3e-4",
      "command: python train.py --lr 3e-4",
    ].join("\n"),
    keys: PROPOSAL_FIELDS,
    flags: ["sweep"],
    takesText: true,
  },
  hypothesis: {
    needs: "triage",
    changes: true,
    usage: "/hypothesis <id> <text>",
    about: "Sets an experiment's hypothesis, as long as it has not been launched.",
    example: "/hypothesis lr-3e-4 A third of the learning rate makes the loss fall more steadily.",
    keys: ["text"],
    flags: [],
    takesText: true,
  },
  note: {
    needs: "triage",
    changes: true,
    usage: "/note <id> <text>",
    about: "Appends a note to an experiment.",
    example: "/note lr-3e-4 The loss spikes at step 400 come from one corrupt shard.",
    keys: ["text"],
    flags: [],
    takesText: true,
  },
  "next-action": {
    needs: "triage",
    changes: true,
    usage: "/next-action <id> <text>",
    about: "Sets what is to be done next about an experiment.",
    example: "/next-action lr-3e-4 Repeat with two more seeds.",
    keys: ["text"],
    flags: [],
    takesText: true,
  },
  result: {
    needs: "write",
    changes: true,
    usage: "/result <id> [value=<number>] [<metric>=<number>…] [status=<status>] [--force]",
    about:
      "Records what came of an experiment: objective value, metrics, status, and in words below.",
    example: [
      "/result lr-3e-4 value=2.07 accuracy=0.613 status=completed",
      "Better than its parent by 0.04, and steadier.",
    ].join("\n"),
    keys: ["value", "status", "text"],
    flags: ["force"],
    takesText: true,
  },
  approve: {
    needs: "write",
    changes: true,
    usage: "/approve <id>…",
    about: "Approves proposals as they stand now; any later change of one clears its approval.",
    example: "/approve lr-3e-4 lr-1e-4",
    keys: [],
    flags: [],
    takesText: false,
  },
  launch: {
    needs: "write",
    changes: true,
    usage: "/launch <id>… [--force]",
    about: "Approves proposals and queues them for launch.",
    example: "/launch lr-3e-4",
    keys: [],
    flags: ["force"],
    takesText: false,
  },
  reject: {
    needs: "write",
    isProposers: true,
    changes: true,
    usage: "/reject <id>… <reason>",
    about: "Turns proposals down; each stays in the log as cancelled, with the reason.",
    example: "/reject lr-1e-4 The sweep of last week has shown that it is too slow.",
    keys: ["reason"],
    flags: [],
    takesText: true,
  },
  cancel: {
    needs: "write",
    isProposers: true,
    changes: true,
    usage: "/cancel <id>… <reason>",
    about: "Cancels experiments, with the reason; a running job too where its queue can do that.",
    example: "/cancel lr-3e-4 The node is needed for the release.",
    keys: ["reason"],
    flags: [],
    takesText: true,
  },
  supersede: {
    needs: "write",
    changes: true,
    usage: "/supersede <id> by=<id>",
    about: "Marks an experiment as superseded by another one.",
    example: "/supersede lr-3e-4 by=lr-3e-4-fixed",
    keys: ["by"],
    flags: [],
    takesText: false,
  },
  baseline: {
    needs: "write",
    changes: true,
    usage: "/baseline <id>",
    about: "Makes an experiment the one that others are compared with.",
    example: "/baseline lr-1e-3",
    keys: [],
    flags: [],
    takesText: false,
  },
  target: {
    needs: "write",
    changes: true,
    usage: "/target <value>",
    about: "Sets the objective value at which the loop has reached its aim.",
    example: "/target 2.0",
    keys: [],
    flags: [],
    takesText: false,
  },
  stop: {
    needs: "write",
    changes: true,
    usage: "/stop [reason]",
    about: "Pauses the loop: proposals are taken, nothing is launched.",
    example: "/stop The budget of this week is used up.",
    keys: ["text"],
    flags: [],
    takesText: true,
  },
  resume: {
    needs: "write",
    changes: true,
    usage: "/resume",
    about: "Ends the pause that /stop began.",
    example: "/resume",
    keys: [],
    flags: [],
    takesText: false,
  },
  status: {
    needs: "read",
    changes: false,
    usage: "/status",
    about: "Answers with what is running, what is proposed and what stands first.",
    example: "/status",
    keys: [],
    flags: [],
    takesText: false,
  },
  best: {
    needs: "read",
    changes: false,
    usage: "/best [n]",
    about: "Answers with the best experiments, at most 50 of them.",
    example: "/best 5",
    keys: [],
    flags: [],
    takesText: false,
  },
  next: {
    needs: "read",
    changes: false,
    usage: "/next",
    about: "Answers with what to do next, or why to stop.",
    example: "/next",
    keys: [],
    flags: [],
    takesText: false,
  },
  report: {
    needs: "read",
    changes: false,
    usage: "/report",
    about: "Renders the report anew.",
    example: "/report",
    keys: [],
    flags: [],
    takesText: false,
  },
  help: {
    needs: "read",
    changes: false,
    usage: "/help",
    about: "Answers with the commands and how they are written.",
    example: "/help",
    keys: [],
    flags: [],
    takesText: false,
  },
} as const satisfies Readonly<Record<CommandName, CommandSpec>>;

/** Every command, by name; the order is that of `/help`. */
export const COMMANDS: Readonly<Record<CommandName, CommandSpec>> = SPECS;

/** The name of a command that only asks. */
export type QuestionName = {
  [N in CommandName]: (typeof SPECS)[N]["changes"] extends true ? never : N;
}[CommandName];

/** The command of a name in any letter case; `undefined` when there is none. */
export function commandNamed(name: string): CommandName | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(COMMANDS, lower) ? (lower as CommandName) : undefined;
}
