import type { StatusSource } from "../core/session/settings.ts";

/** Text a queue printed, and where it came from, for messages. */
export interface QueueText {
  readonly text: string;
  /** A path or a command line. */
  readonly source: string;
  /** How old a file is, in seconds, where that is known. */
  readonly ageSeconds?: number;
}

/** Reads a queue's status and its jobs' metrics; bounded in time and size. */
export interface QueueSource {
  readStatus(source: Exclude<StatusSource, { kind: "default" }>): Promise<QueueText>;
  /** Whether a run's folder is on this machine. */
  isFolder(runDir: string): Promise<boolean>;
  /** The text of `metrics.json` in a run's folder; `undefined` when there is none on this machine. */
  readRunMetrics(runDir: string): Promise<QueueText | undefined>;
  /** Runs one metrics command; throws `InputError` when it fails. */
  readMetrics(argv: readonly string[]): Promise<QueueText>;
}
