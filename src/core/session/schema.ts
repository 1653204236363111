import * as z from "zod/mini";
import { MODES } from "../log/columns.ts";
import { INCLUDE_FIELDS } from "../queue/include.ts";
import { parseDuration } from "../text/time.ts";
import { DEFAULTS } from "./defaults.ts";
import { parseArgv } from "./parse-argv.ts";
import { list, mapping, oneOrMore, positive, text, whole, yesOrNo } from "./schema-values.ts";
import { ALERTS } from "./settings.ts";

/*
 * The shape of session.yml. Every description goes into the JSON Schema that editors show. This file
 * loads zod: import it lazily.
 */

const commandLine = z
  .string("a command line")
  .check(
    z.refine((value) => parseArgv(value).kind === "argv", "a command line with every quote closed"),
  );

const argv = z
  .array(text("arguments of 1 to 4096 characters", 4096), "a list of arguments")
  .check(z.minLength(1, "at least the program's name"), z.maxLength(256, "at most 256 arguments"));

const objective = mapping(
  {
    metric: z.optional(
      text().check(
        z.describe(
          "The metric's name: its tag in the queue's metrics, and the log's objective_metric.",
        ),
      ),
    ),
    mode: z.optional(
      z
        .enum(MODES, "max or min")
        .check(z.describe("max: a larger value is better; min: a smaller one.")),
    ),
    target: z.optional(
      z.number("a number").check(z.describe("Reaching this value is a reason to stop.")),
    ),
    "min-delta": z.optional(
      z
        .number("a number of at least 0")
        .check(
          z.minimum(0, "a number of at least 0"),
          z.describe("The smallest difference that counts, in the metric's unit."),
        ),
    ),
    "same-task": yesOrNo("Compare only experiments with the same task_key."),
  },
  "What is measured, and which direction is better.",
);

const globs = oneOrMore("a glob or a list of globs");

const include = mapping(
  Object.fromEntries(Object.keys(INCLUDE_FIELDS).map((field) => [field, z.optional(globs)])),
  "Which jobs of the queue belong to this session: globs by field, all of which must match.",
);

const statusSource = z.union(
  [commandLine, argv, z.strictObject({ file: text("a path", 4096) })],
  "a command line, a list of arguments, or {file: path}",
);

const metricsSource = z.union(
  [commandLine, argv, z.literal(false)],
  "a command line, a list of arguments, or false",
);

const duration = z.string("a duration such as 90m, 1h or 2d").check(
  z.regex(/^\d{1,6}[smhd]$/, "a duration such as 90m, 1h or 2d"),
  z.refine((value) => parseDuration(value) !== undefined, "a duration such as 90m, 1h or 2d"),
  z.describe(
    `After how long without news a running job is shown as stale; default ${DEFAULTS.staleAfter}.`,
  ),
);

const queue = mapping(
  {
    kind: z.optional(text().check(z.describe(`The kind of queue; default ${DEFAULTS.queueKind}.`))),
    status: z.optional(
      statusSource.check(
        z.describe(
          "What prints the queue's status: a command line (no shell sees it), a list of arguments, or {file: path}. Default: the kind's.",
        ),
      ),
    ),
    metrics: z.optional(
      metricsSource.check(
        z.describe(
          "What prints one job's metrics; {queue_job_id} stands for the job's id; false: nothing. Default: the kind's.",
        ),
      ),
    ),
    source: z.optional(
      z
        .string("1 to 64 letters, digits, dots, underscores or hyphens")
        .check(
          z.regex(
            /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
            "1 to 64 letters, digits, dots, underscores or hyphens",
          ),
          z.describe("Prefix of new experiment ids, so that several queues can feed one log."),
        ),
    ),
    include,
    "stale-after": z.optional(duration),
    concurrency: whole(
      1,
      `How many metrics commands run at once; default ${DEFAULTS.concurrency}.`,
      64,
    ),
  },
  "Where jobs are read from.",
);

const stop = mapping(
  {
    "max-experiments": whole(1, "Stop after this many experiments."),
    "max-hours": positive("Stop after this many hours on the clock, all experiments together."),
    "max-gpu-hours": positive("Stop after this many GPU hours."),
    patience: whole(
      1,
      `Stop after this many completed experiments in a row without improvement; default ${DEFAULTS.patience}.`,
    ),
    "max-failures": whole(
      1,
      "Stop after this many failures in a row; infra failures count for none.",
    ),
  },
  "Stop criteria; any one of them is enough.",
);

const proposals = mapping(
  {
    "max-open": whole(0, `How many proposals may wait at once; default ${DEFAULTS.maxOpen}.`, 1000),
    "two-person": yesOrNo("Nobody approves a proposal of their own."),
    "allowed-bots": z.optional(
      list(text(), "a list of logins").check(z.describe("Logins of bots whose commands count.")),
    ),
  },
  "Rules for proposals.",
);

const launch = mapping(
  {
    command: argv.check(
      z.describe(
        'The launch command as a list; "{args...}" stands for the arguments of a proposal.',
      ),
    ),
    allow: z.optional(
      list(text(), "a list of globs").check(
        z.describe("Globs; each argument of a proposal must match one."),
      ),
    ),
    public: yesOrNo("Launching is allowed although the repository is public."),
  },
  "How approved proposals are launched.",
);

const report = mapping(
  {
    top: whole(1, `Rows of the leaderboard; default ${DEFAULTS.top}.`, 100),
    recent: whole(1, `Rows of the recent experiments; default ${DEFAULTS.recent}.`, 1000),
    "comment-author": z.optional(
      z
        .string("a login")
        .check(
          z.regex(/^(?:[A-Za-z0-9_-]{1,100}(?:\[bot\])?)?$/, "a login"),
          z.describe("Login that wrote the report's comment, after the token has changed."),
        ),
    ),
  },
  "The report.",
);

const redact = mapping(
  {
    paths: yesOrNo("Shorten paths under the repository and the home folder; default true."),
    patterns: z.optional(
      list(text(), "a list of globs").check(z.describe("Globs of words that are never shown.")),
    ),
  },
  "What is removed before anything is committed or posted, beyond known secrets.",
);

/** `session.yml` as it is written. */
export const SESSION_SCHEMA = z.strictObject(
  {
    objective,
    issue: whole(1, "The issue or pull request that carries the report.", 2_147_483_647),
    baseline: z.optional(text().check(z.describe("The experiment id of the baseline."))),
    queue,
    stop,
    proposals,
    launch,
    report,
    redact,
    alerts: z.optional(
      list(z.enum(ALERTS, `one of ${ALERTS.join(", ")}`), "a list").check(
        z.describe("Events that get a comment of their own."),
      ),
    ),
    paused: yesOrNo("Proposals are taken but nothing is launched; set by /stop and /resume."),
  },
  {
    error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "a mapping of keys"),
  },
);

/** A valid `session.yml`, before defaults. */
export type SessionDocument = z.output<typeof SESSION_SCHEMA>;
