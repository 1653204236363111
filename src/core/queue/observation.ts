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
  /** The prefix that keeps several queues apart, from session.yml. */
  readonly source?: string;
  readonly status: JobStatus;
  readonly submittedAt?: EpochSeconds;
  /** Only for running and finished jobs. */
  readonly startedAt?: EpochSeconds;
  /** Only for finished jobs. */
  readonly endedAt?: EpochSeconds;
  readonly taskKey?: string;
  readonly name?: string;
  readonly command?: string;
  readonly runDir?: string;
  readonly configPath?: string;
  readonly launcher?: string;
  /** The id of the experiment the job was launched for, where the queue carries it. */
  readonly experimentId?: string;
  readonly failure?: Failure;
  /** What the queue says of a job that was cancelled. */
  readonly cancelReason?: string;
  /** How often the queue started the job anew. */
  readonly restarts: number;
  /** Position in the queue from 0, for queued jobs. */
  readonly position?: number;
  readonly metrics?: JobMetrics;
}

/** Latest value of each metric; a value that is not finite is kept as such here. */
export type JobMetrics = ReadonlyMap<string, number>;

/** What a queue's status text said. */
export interface QueueReport {
  readonly observations: readonly Observation[];
  /** Sentences about jobs that were left out, and why. */
  readonly warnings: readonly string[];
  /** Set when the queue's supervisor is gone, so that running jobs may not be running. */
  readonly deadObserverSince?: EpochSeconds | "unknown";
}
