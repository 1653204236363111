import { fillJobId } from "../core/queue/fill-job-id.ts";
import { queueKind } from "../core/queue/kinds.ts";
import { withoutSource } from "../core/queue/without-source.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { Launcher } from "../ports/launcher.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import { readStatus } from "./launch-queue.ts";

/** What became of a job that was to be cancelled, one sentence. */
export interface CancelledJob {
  readonly kind: "cancelled" | "ended" | "running";
  readonly sentence: string;
}

/**
 * Cancels a job of an experiment that a person has cancelled; never throws for what the queue says. `ended`: it had ended, or
 * the queue does not list it; `running`: it may still run, and the sentence says why.
 *
 * @param jobId as the row's `queue_job_id` has it
 */
export async function cancelJob(
  ports: { readonly queue: Pick<QueueSource, "readStatus">; readonly launcher: Launcher },
  request: { readonly settings: Pick<SessionSettings, "queue">; readonly jobId: string },
): Promise<CancelledJob> {
  const { queue } = request.settings;
  const jobId = withoutSource(request.jobId, queue.source);
  const job = `Job ${quoteUntrusted(jobId)}`;
  const reading = await readStatus(ports.queue, queue);
  if (reading.kind === "unreadable") {
    return mayRun(`${job} may still run, the queue could not be asked: ${reading.reason}`);
  }
  const listed = reading.report.observations.find((observation) => observation.jobId === jobId);
  if (listed === undefined) {
    return { kind: "ended", sentence: `${job} is not in the queue; nothing was to be cancelled.` };
  }
  const command = queueKind(queue.kind).launch?.cancelCommand(listed.status);
  if (command === undefined) {
    return { kind: "ended", sentence: `${job} is ${listed.status} already.` };
  }
  const filled = fillJobId(command, jobId);
  const attempt = filled.kind === "filled" ? await ports.launcher.cancel(filled.argv) : filled;
  if (attempt.kind === "ended") {
    return { kind: "cancelled", sentence: `${job} was cancelled in the queue.` };
  }
  return mayRun(`${job} may still run, it could not be cancelled: ${attempt.reason}`);
}

function mayRun(sentence: string): CancelledJob {
  return { kind: "running", sentence };
}
