/** What is to be started. */
export interface LaunchRequest {
  /** Program and arguments; no shell sees them. */
  readonly argv: readonly string[];
  /** Handed to the program as `EXPERIMENT_MONITOR_OP_ID` and `EXPERIMENT_MONITOR_EXPERIMENT_ID`. */
  readonly operationId: string;
  readonly experimentId: string;
}

/** What became of starting a program that puts a job into a queue. */
export type LaunchAttempt =
  /** It ended well; its output tells the job's id. */
  | { readonly kind: "ended"; readonly output: string }
  /** It never ran: there is no such program. */
  | { readonly kind: "not-started"; readonly reason: string }
  /** It ended with a failure; whether it put a job into the queue is for the queue to say. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It was ended from outside, or took too long. */
  | { readonly kind: "unclear"; readonly reason: string };

/** Starts programs that put jobs into a queue, and such that take them out again. */
export interface Launcher {
  launch(request: LaunchRequest): Promise<LaunchAttempt>;
  /** Runs a queue's command that cancels a job. */
  cancel(argv: readonly string[]): Promise<LaunchAttempt>;
}
