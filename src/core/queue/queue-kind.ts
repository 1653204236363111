import type { JobMetrics, QueueReport } from "./observation.ts";

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
}
