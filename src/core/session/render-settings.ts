import type { Objective } from "./settings.ts";

const REST = [
  "# Stop criteria; any one of them is enough.",
  "# stop: { max-experiments: 40, max-hours: 200, patience: 3, max-failures: 5 }",
  "",
  "# The report, and what is removed from it beyond known secrets.",
  "# report: { top: 10, recent: 25 }",
  '# redact: { paths: true, patterns: ["*.internal.example"] }',
  "",
];

/** What `start` knows when it writes a session.yml. */
export interface SettingsDraft {
  /** Address or path of the JSON Schema, for editors. */
  readonly schema: string;
  readonly objective?: Partial<Pick<Objective, "metric" | "mode" | "target">>;
  readonly issue?: number;
  readonly queueKind?: string;
}

/**
 * The text of a new session.yml: what is known as settings, everything else as comments that show
 * the key, its meaning and a value, ready to be uncommented.
 */
export function renderSettings(draft: SettingsDraft): string {
  const { objective = {} } = draft;
  const has = Object.values(objective).some((value) => value !== undefined);
  return [
    `# yaml-language-server: $schema=${draft.schema}`,
    "# Every key is optional. Inputs of the Action and flags of the command line win over this file.",
    "",
    "# What is measured, and which direction is better.",
    has ? "objective:" : "# objective:",
    line("metric", objective.metric, { example: "val/loss", in: has }),
    line("mode", objective.mode, { example: "min", in: has, about: "max or min" }),
    line("target", objective.target, {
      example: 0.3,
      in: has,
      about: "reaching it is a reason to stop",
    }),
    line("min-delta", undefined, {
      example: 0.001,
      in: has,
      about: "the smallest difference that counts",
    }),
    "",
    "# The issue or pull request that carries the report.",
    line("issue", draft.issue, { example: 12 }),
    "",
    "# The experiment id of the baseline; else the earliest completed experiment without a parent.",
    line("baseline", undefined, { example: "job-0000001" }),
    "",
    ...queueLines(draft.queueKind),
    ...REST,
  ].join("\n");
}

function queueLines(kind: string | undefined): string[] {
  const indent = kind === undefined ? "# " : "";
  const others = [
    "status: xax queue status --json # a command line, a list of arguments, or {file: status.json}",
    "metrics: xax queue metrics {queue_job_id} --json # or false",
    "source: gpu01 # prefix of new ids, when several queues feed one log",
    'include: { task_key: "examples.*" } # which jobs belong here; default: all',
    "stale-after: 1h",
    "concurrency: 4",
  ];
  return [
    "# Where jobs are read from.",
    `${indent}queue:`,
    line("kind", kind, { example: "xax", in: kind !== undefined }),
    ...others.map((text) => (kind === undefined ? `#   ${text}` : `  # ${text}`)),
    "",
  ];
}

function line(
  key: string,
  value: string | number | undefined,
  options: { example: string | number; in?: boolean; about?: string },
): string {
  const indent = options.in === undefined ? "" : "  ";
  const about = options.about === undefined ? "" : ` # ${options.about}`;
  if (value !== undefined) return `${indent}${key}: ${renderScalar(value)}${about}`;
  const commented = `${key}: ${renderScalar(options.example)}${about}`;
  return options.in === true ? `  # ${commented}` : `# ${indent}${commented}`;
}

/** A scalar as YAML. JSON's strings are YAML's; plain ones only where no reader can take them for something else. */
export function renderScalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  return /^[A-Za-z][A-Za-z0-9_/.-]*$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
