import { createInclude } from "../core/queue/include.ts";
import { queueKind } from "../core/queue/kinds.ts";
import type { JobMetrics, QueueReport } from "../core/queue/observation.ts";
import type { QueueKind } from "../core/queue/queue-kind.ts";
import type { QueueSettings, StatusSource } from "../core/session/settings.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";
import { type MetricsRequest, readMetrics } from "./read-metrics.ts";

/** Everything a sync knows of a queue; after it no input is read again. */
export interface QueueReading {
  readonly report: QueueReport;
  readonly metrics: ReadonlyMap<string, JobMetrics>;
  readonly source: string;
  /** How old the status is, in seconds, where that is known. */
  readonly ageSeconds: number | undefined;
}

type ReadRequest = Pick<MetricsRequest, "settings" | "readLog" | "now">;

/**
 * Reads a queue's status and the metrics of the jobs that need them.
 *
 * @throws {InputError} when the status cannot be read; a job's failing metrics are a warning
 */
export async function readQueue(
  ports: { readonly queue: QueueSource; readonly reporter: Pick<Reporter, "info"> },
  request: ReadRequest,
): Promise<QueueReading> {
  const { settings } = request;
  const kind = queueKind(settings.queue.kind);
  const status = await ports.queue.readStatus(statusSource(settings.queue, kind));
  const parsed = kind.parseStatus(status.text, status.source);
  const include = createInclude(settings.queue.include);
  const observations = parsed.observations.filter(include);
  const metrics = await readMetrics(ports, { ...request, kind, observations });
  return {
    report: { ...parsed, observations, warnings: [...parsed.warnings, ...metrics.warnings] },
    metrics: metrics.byJob,
    source: status.source,
    ageSeconds: status.ageSeconds,
  };
}

/** How the status is obtained: as the session says, else by the kind's own command. */
export function statusSource(
  queue: QueueSettings,
  kind: QueueKind,
): Exclude<StatusSource, { kind: "default" }> {
  if (queue.status.kind !== "default") return queue.status;
  return { kind: "command", argv: kind.statusCommand };
}
