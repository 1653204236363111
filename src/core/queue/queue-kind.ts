import type { JobMetrics, JobStatus, QueueReport } from "./observation.ts";

/** A kind of queue: how it is asked, and how its answers are read. Nothing else knows its name. */
export interface QueueKind {
  readonly name: string;
  /** The command that prints the queue's status. */
  readonly statusCommand: readonly string[];
  /** The command that prints one job's metrics; `{queue_job_id}` stands for the job's id. */
  readonly metricsCommand?: readonly string[];
  /** @throws InputError when the text is not this queue's status */
  parseStatus(text: string, source: string): QueueReport;
  /** @throws InputError when the text is not this queue's metrics */
  parseMetrics(text: string, source: string): JobMetrics;
  /** How jobs get into it and out of it; absent where nothing is launched through it. */
  readonly launch?: QueueLaunch;
}

/** What a kind of queue knows about launching and cancelling. */
export interface QueueLaunch {
  /** The id of the job that a launch command says it has submitted; `undefined` when it names none, or several. */
  parseJobId(output: string): string | undefined;
  /** The command that cancels a job of that status, with `{queue_job_id}` for its id; `undefined` when it has ended. */
  cancelCommand(status: JobStatus): readonly string[] | undefined;
}
