/** How an input is read. */
export type InputKind =
  | { readonly type: "text" }
  | { readonly type: "secret" }
  | { readonly type: "session" }
  | { readonly type: "folder" }
  | { readonly type: "branch" }
  | { readonly type: "number" }
  | { readonly type: "issue" }
  | { readonly type: "yes-no" }
  | { readonly type: "word" }
  | { readonly type: "command" }
  | { readonly type: "command-or-false" }
  | { readonly type: "choice"; readonly values: readonly string[] };

/** One input of the Action. */
export interface Input {
  readonly kind: InputKind;
  /** The default as action.yml has it; absent: nothing. */
  readonly default?: string;
  /** Where the value comes from when nothing is given, for people; only where there is no default. */
  readonly otherwise?: string;
  /** One sentence of markdown. */
  readonly description: string;
}

const choice = (...values: string[]): InputKind => ({ type: "choice", values });

/** Every input of the Action: the one list from which action.yml, the configuration and the docs come. */
export const INPUTS = {
  mode: {
    kind: choice("auto", "sync", "command", "review", "report"),
    default: "auto",
    description:
      "What to do: `sync` records the queue's status and reports, `command` takes slash commands, `review` checks what a pull request changes in the log, `report` only reports, `auto` chooses by event.",
  },
  session: {
    kind: { type: "session" },
    otherwise: "every session",
    description:
      "The session to work on; without it, every folder of `experiments-dir` with a log or a session.yml.",
  },
  "experiments-dir": {
    kind: { type: "folder" },
    default: "experiments",
    description: "The folder that holds the session folders, relative to the repository.",
  },
  queue: {
    kind: { type: "text" },
    otherwise: "session.yml, else `xax`",
    description: "The kind of queue.",
  },
  "queue-status": {
    kind: { type: "text" },
    otherwise: "session.yml, else the kind's command",
    description: "Path of a file with the queue's status as JSON; then no command is run.",
  },
  "queue-command": {
    kind: { type: "command" },
    otherwise: "session.yml, else the kind's command",
    description:
      "Command line that prints the queue's status; it is split at white space and quotes, no shell sees it.",
  },
  "metrics-command": {
    kind: { type: "command-or-false" },
    otherwise: "session.yml, else the kind's command",
    description:
      "Command line that prints one job's metrics, with `{queue_job_id}` for the job's id, or `false`.",
  },
  "objective-metric": {
    kind: { type: "text" },
    otherwise: "session.yml",
    description: "Name of the metric that counts.",
  },
  "objective-mode": {
    kind: choice("max", "min"),
    otherwise: "session.yml",
    description: "Whether a larger (`max`) or a smaller (`min`) value is better.",
  },
  "objective-target": {
    kind: { type: "number" },
    otherwise: "session.yml",
    description: "Value at which the loop may stop.",
  },
  issue: {
    kind: { type: "issue" },
    otherwise: "session.yml, else the issue or pull request of the event",
    description: "Number of the issue or pull request that carries the report.",
  },
  branch: {
    kind: { type: "branch" },
    otherwise: "the default branch",
    description: "Branch on which the log lives.",
  },
  commit: {
    kind: choice("auto", "push", "pull-request", "none"),
    default: "auto",
    description:
      "How the log is saved: `push` to the branch, `pull-request` for people to merge, `none`, or `auto`: push, and a pull request where the branch refuses pushes.",
  },
  transport: {
    kind: choice("auto", "api", "git"),
    default: "auto",
    description:
      "How commits are made: `api` (verified, no checkout needed), `git`, or `auto`: api for up to 5 MB of changed files, else git.",
  },
  "min-permission": {
    kind: choice("read", "triage", "write", "maintain", "admin"),
    default: "write",
    description:
      "Role that slash commands need which change anything: `read`, `triage`, `write`, `maintain` or `admin`. `/propose`, `/hypothesis`, `/note` and `/next-action` need `triage`, or this role where it is less.",
  },
  "command-prefix": {
    kind: { type: "word" },
    otherwise: "no prefix",
    description: "Word before every slash command: `exp` makes it `/exp propose`.",
  },
  launch: {
    kind: { type: "yes-no" },
    default: "false",
    description:
      "Whether this run may launch approved proposals and cancel jobs; only for a runner that reaches the queue.",
  },
  token: {
    kind: { type: "secret" },
    default: "${{ github.token }}",
    description:
      "Token that reads and writes the repository; docs/permissions.md says what it needs.",
  },
  "dry-run": {
    kind: { type: "yes-no" },
    default: "false",
    description: "Plan and print everything, write nothing.",
  },
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof INPUTS;

/** Names of the inputs, in the order of the docs. */
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** Every output of the Action, with one sentence of markdown. */
export const OUTPUTS = {
  changed: "`true` when the log changed.",
  commit: "SHA of the commit that holds the change.",
  "pull-request":
    "Number of the pull request that carries the change, where the branch refuses pushes.",
  comment:
    "What became of the report's comment: `created`, `updated`, `unchanged` or `skipped:<reason>`.",
  "comment-id": "Id of the report's comment.",
  "comment-url": "Address of the report's comment.",
  "best-experiment-id": "The best experiment so far.",
  "best-value": "Its objective value.",
  "should-stop": "`true` when a stop criterion holds.",
  "stop-reason": "Which criterion holds, in one sentence.",
  launched: "Experiments this run launched, as a JSON list of `experiment_id` and `queue_job_id`.",
  decision:
    "What the run decided: `synced`, `unchanged`, `reported`, `applied`, `answered`, `refused`, `reviewed`, `rejected`, `planned`, `ignored` or `failed`.",
  result: "Everything above and more for every session, as versioned JSON.",
} as const satisfies Record<string, string>;

export type OutputName = keyof typeof OUTPUTS;

/** Values of the output `decision`. */
export const DECISIONS = [
  "synced",
  "unchanged",
  "reported",
  "applied",
  "answered",
  "refused",
  "reviewed",
  "rejected",
  "planned",
  "ignored",
  "failed",
] as const;
