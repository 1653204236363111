import { InputError } from "../errors.ts";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { JobMetrics, QueueReport } from "./observation.ts";
import { xax } from "./xax.ts";

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

/** Every kind there is. */
export const QUEUE_KINDS: readonly QueueKind[] = [xax];

/** @throws InputError that lists the kinds */
export function queueKind(name: string): QueueKind {
  const kind = QUEUE_KINDS.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  const names = QUEUE_KINDS.map((candidate) => candidate.name);
  const near = nearestName(name, names);
  throw new InputError(
    `unknown queue kind ${quoteUntrusted(name)}, expected one of ${names.join(", ")}`,
    {
      ...(near === undefined ? {} : { remedy: `Did you mean ${near}?` }),
    },
  );
}
