/** The canonical columns of `experiment_log.csv`, in file order. */
export const COLUMNS = [
  "experiment_id",
  "parent_experiment_id",
  "queue_job_id",
  "status",
  "task_key",
  "command",
  "config_path",
  "run_dir",
  "objective_metric",
  "objective_mode",
  "objective_value",
  "metrics_json",
  "hypothesis",
  "change_summary",
  "result_summary",
  "next_action",
  "started_at",
  "ended_at",
  "created_at",
  "updated_at",
  "owner",
  "notes",
] as const;

export type Column = (typeof COLUMNS)[number];

/** Every status a row may have. */
export const STATUSES = [
  "planned",
  "queued",
  "running",
  "completed",
  "failed",
  "cancelled",
  "superseded",
] as const;

export type Status = (typeof STATUSES)[number];

/** Statuses after which an experiment is finished: nothing a queue says changes it but a requeue. */
export const FINISHED: ReadonlySet<Status> = new Set([
  "completed",
  "failed",
  "cancelled",
  "superseded",
]);

export const MODES = ["max", "min"] as const;

/** Whether a larger (`max`) or a smaller (`min`) objective value is better. */
export type ObjectiveMode = (typeof MODES)[number];

export const TIMESTAMP_COLUMNS = [
  "started_at",
  "ended_at",
  "created_at",
  "updated_at",
] as const satisfies readonly Column[];

/** No log is read above this size: 100 MB as GitHub counts a file's limit, in MiB. */
export const MAX_LOG_BYTES = 100 * 1024 * 1024;

/** Names of the files of a session folder. */
export const SESSION_FILES = {
  settings: "session.yml",
  log: "experiment_log.csv",
  report: "experiment_report.md",
  ledger: "command_log.csv",
  summary: "summary.json",
  badge: "badge.json",
} as const;

/** A session's own files: what people, the queue and commands wrote. All others are rendered from them. */
export const RECORD_FILES: readonly string[] = [
  SESSION_FILES.settings,
  SESSION_FILES.log,
  SESSION_FILES.ledger,
];

/** Whether a folder with files of these names is a session: it has a log, or the settings to begin one. */
export function isSession(names: Iterable<string>): boolean {
  return [...names].some((name) => name === SESSION_FILES.log || name === SESSION_FILES.settings);
}

/** Whether a name in a session's folder is one this project reads or writes; a folder there must not be written over. */
export function isSessionFile(name: string): boolean {
  return Object.values<string>(SESSION_FILES).includes(name);
}
