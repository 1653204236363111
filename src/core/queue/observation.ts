import type { Status } from "../log/columns.ts";

/** Statuses a queue can report. */
export type JobStatus = Exclude<Status, "planned" | "superseded">;

/** An instant as seconds since 1970-01-01T00:00:00Z, with fractions. */
export type EpochSeconds = number;

/** Why a job failed. Infra failures never count as scientific results. */
export type FailureClass = "oom" | "infra" | "timeout" | "exit" | "killed" | "diverged";

export interface Failure {
  readonly class: FailureClass;
  /** The exit code, for class `exit`. */
  readonly exitCode?: number;
  /** One line of what the queue said. */
  readonly detail: string;
}

/** One job as a queue reported it, normalised. */
export interface Observation {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly submittedAt: EpochSeconds | undefined;
  /** Only for running and finished jobs. */
  readonly startedAt: EpochSeconds | undefined;
  /** Only for finished jobs. */
  readonly endedAt: EpochSeconds | undefined;
  readonly taskKey: string | undefined;
  readonly command: string | undefined;
  readonly runDir: string | undefined;
  readonly configPath: string | undefined;
  readonly launcher: string | undefined;
  readonly failure: Failure | undefined;
  /** What the queue says of a job that was cancelled. */
  readonly cancelReason: string | undefined;
  /** How often the queue started the job anew. */
  readonly restarts: number;
  readonly metrics: JobMetrics | undefined;
}

/** Latest value of each metric; a value that is not finite is kept as such here. */
export type JobMetrics = ReadonlyMap<string, number>;

/** What a queue's status text said. */
export interface QueueReport {
  readonly observations: readonly Observation[];
  /** Ids of all jobs the queue lists, also of those that were left out. */
  readonly listed: ReadonlySet<string>;
  /** Sentences about jobs that were left out, and why. */
  readonly warnings: readonly string[];
  /** Set when the queue's supervisor is gone, so that running jobs may not be running. */
  readonly deadObserverSince?: EpochSeconds | "unknown";
}
