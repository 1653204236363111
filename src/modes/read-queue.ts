import type { DecodedLog } from "../core/log/decode.ts";
import { createDraft } from "../core/log/draft.ts";
import { createInclude } from "../core/queue/include.ts";
import { type QueueKind, queueKind } from "../core/queue/kinds.ts";
import type { JobMetrics, Observation, QueueReport } from "../core/queue/observation.ts";
import type { QueueSettings, SessionSettings, StatusSource } from "../core/session/settings.ts";
import { selectForMetrics } from "../core/sync/select-for-metrics.ts";
import type { QueueSource } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";

/** Everything a sync knows of a queue; after it no input is read again. */
export interface QueueReading {
  readonly report: QueueReport;
  readonly metrics: ReadonlyMap<string, JobMetrics>;
  readonly source: string;
  /** How old the status is, in seconds, where that is known. */
  readonly ageSeconds: number | undefined;
}

interface ReadRequest {
  readonly settings: SessionSettings;
  /** The log as it stands; only asked for when metrics are to be read. */
  readonly readLog: () => Promise<DecodedLog>;
  readonly now: string;
}

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

function statusSource(
  queue: QueueSettings,
  kind: QueueKind,
): Exclude<StatusSource, { kind: "default" }> {
  if (queue.status.kind !== "default") return queue.status;
  return { kind: "command", argv: kind.statusCommand };
}

/** A status from a file means that no command of the kind runs: the queue may be on another machine. */
function metricsCommand(queue: QueueSettings, kind: QueueKind): readonly string[] | undefined {
  if (queue.metrics.kind === "command") return queue.metrics.argv;
  if (queue.metrics.kind === "none" || queue.status.kind === "file") return undefined;
  return kind.metricsCommand;
}

interface MetricsReading {
  readonly byJob: ReadonlyMap<string, JobMetrics>;
  readonly warnings: readonly string[];
}

async function readMetrics(
  ports: { readonly queue: QueueSource; readonly reporter: Pick<Reporter, "info"> },
  request: ReadRequest & {
    readonly kind: QueueKind;
    readonly observations: readonly Observation[];
  },
): Promise<MetricsReading> {
  const { settings, kind } = request;
  const command = metricsCommand(settings.queue, kind);
  if (command === undefined) return { byJob: new Map(), warnings: [] };
  const draft = createDraft(await request.readLog());
  const jobs = selectForMetrics(draft, request.observations, { settings, instant: request.now });
  if (jobs.length === 0) return { byJob: new Map(), warnings: [] };
  ports.reporter.info(
    `reading the metrics of ${jobs.length} ${jobs.length === 1 ? "job" : "jobs"}`,
  );
  const { default: createLimit } = await import("p-limit");
  const limit = createLimit(settings.queue.concurrency);
  const readings = await Promise.all(
    jobs.map((job) => limit(() => readJobMetrics(ports.queue, { kind, command, job }))),
  );
  return {
    byJob: new Map(
      readings.flatMap((reading) => (reading.metrics ? [[reading.jobId, reading.metrics]] : [])),
    ),
    warnings: readings.flatMap((reading) => (reading.warning ? [reading.warning] : [])),
  };
}

/** One job's metrics; what goes wrong is a warning for that job and not the end of the sync. */
async function readJobMetrics(
  queue: QueueSource,
  request: { kind: QueueKind; command: readonly string[]; job: Observation },
): Promise<{ jobId: string; metrics?: JobMetrics; warning?: string }> {
  const { jobId } = request.job;
  const argv = request.command.map((argument) => argument.replaceAll("{queue_job_id}", jobId));
  try {
    const { text, source } = await queue.readMetrics(argv);
    return { jobId, metrics: request.kind.parseMetrics(text, source) };
  } catch (error) {
    return { jobId, warning: error instanceof Error ? error.message : String(error) };
  }
}
