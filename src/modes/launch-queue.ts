import { InputError } from "../core/errors.ts";
import { findByOperation, findSubmitted, type LikelyJob } from "../core/launch/find-job.ts";
import { judgeAttempt, type LaunchEnding } from "../core/launch/judge-launch.ts";
import { queueKind } from "../core/queue/kinds.ts";
import type { QueueReport } from "../core/queue/observation.ts";
import type { QueueSettings } from "../core/session/settings.ts";
import { parseInstant } from "../core/text/time.ts";
import type { LaunchAttempt } from "../ports/launcher.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import { statusSource } from "./read-queue.ts";

/** A queue's status, or why it could not be read. */
export type StatusReading =
  | {
      readonly kind: "read";
      readonly report: QueueReport;
      /** Of a file, in seconds; what a command prints is of now. */
      readonly ageSeconds: number;
    }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads a queue's status without its jobs' metrics. */
export async function readStatus(
  queue: Pick<QueueSource, "readStatus">,
  settings: QueueSettings,
): Promise<StatusReading> {
  const kind = queueKind(settings.kind);
  try {
    const { text, source, ageSeconds = 0 } = await queue.readStatus(statusSource(settings, kind));
    return { kind: "read", report: kind.parseStatus(text, source), ageSeconds };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: "unreadable", reason: error.message };
  }
}

/** What is known when a launch command has come to its end. */
export interface EndedAttempt {
  readonly attempt: LaunchAttempt;
  readonly operationId: string;
  readonly before: QueueReport;
  /** When the launch began and when it ended, ISO 8601. */
  readonly since: string;
  readonly until: string;
  /** Whether the log had a row of that job when the launch began. */
  readonly isKnown: (jobId: string) => boolean;
}

/** Finds out which job came of a launch: its output tells, else what the queue lists now. */
export async function judge(
  queue: Pick<QueueSource, "readStatus">,
  settings: QueueSettings,
  ended: EndedAttempt,
): Promise<LaunchEnding> {
  const { attempt, before } = ended;
  if (attempt.kind === "not-started") return judgeAttempt(attempt, undefined);
  if (attempt.kind === "ended") {
    const jobId = queueKind(settings.kind).launch?.parseJobId(attempt.output);
    // An id from before the launch is that of another job, whatever the output says.
    if (jobId !== undefined && !before.listed.has(jobId)) return { kind: "launched", jobId };
  }
  const reading = await readStatus(queue, settings);
  return judgeAttempt(attempt, reading.kind === "read" ? findIn(reading, ended) : undefined);
}

function findIn(
  { report, ageSeconds }: Extract<StatusReading, { kind: "read" }>,
  ended: EndedAttempt,
): LikelyJob | undefined {
  const named = findByOperation(report, ended.operationId);
  const found = named.kind === "none" ? findSubmitted({ ...ended, after: report }) : named;
  const elapsed = Number(parseInstant(ended.until)) - Number(parseInstant(ended.since));
  // A file that may be older than the launch does not say that nothing came of it.
  const isOlder = ageSeconds > 0 && ageSeconds + 1 >= elapsed;
  return found.kind === "none" && isOlder ? undefined : found;
}
