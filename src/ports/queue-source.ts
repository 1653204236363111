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
  /** Runs one metrics command; throws `InputError` when it fails. */
  readMetrics(argv: readonly string[]): Promise<QueueText>;
}
