import { InputError } from "../core/errors.ts";
import type { DecodedLog } from "../core/log/decode.ts";
import { createDraft } from "../core/log/draft.ts";
import { fillJobId } from "../core/queue/fill-job-id.ts";
import type { JobMetrics, Observation } from "../core/queue/observation.ts";
import type { QueueKind } from "../core/queue/queue-kind.ts";
import type { QueueSettings, SessionSettings } from "../core/session/settings.ts";
import { selectForMetrics } from "../core/sync/select-for-metrics.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { QueueSource, QueueText } from "../ports/queue-source.ts";
import type { Reporter } from "../ports/reporter.ts";

/** What metrics are read for. */
export interface MetricsRequest {
  readonly settings: SessionSettings;
  /** The log as it stands; only asked for when metrics are to be read. */
  readonly readLog: () => Promise<DecodedLog>;
  readonly now: string;
  readonly kind: QueueKind;
  readonly observations: readonly Observation[];
}

/** Jobs whose run folder is looked for, to learn whether the queue's folders are on this machine at all. */
const PROBES = 8;

async function hasRunFolders(
  source: QueueSource,
  observations: readonly Observation[],
): Promise<boolean> {
  const folders = observations.flatMap(({ runDir }) => runDir ?? []).slice(0, PROBES);
  for (const folder of folders) if (await source.isFolder(folder)) return true;
  return false;
}

/** Reads one job's metrics; `undefined` when there are none. */
type ReadJob = (job: Observation) => Promise<QueueText | undefined>;

/**
 * How metrics are read, if at all: by the command, or by `metrics.json` in the run's folder. A status from a
 * file means that no command of the kind runs, because the queue may be on another machine.
 */
async function metricsReader(
  queue: QueueSettings,
  kind: QueueKind,
  { source, observations }: { source: QueueSource; observations: readonly Observation[] },
): Promise<ReadJob | undefined> {
  if (queue.metrics.kind === "none") return undefined;
  const isDefault = queue.metrics.kind === "default";
  const command = queue.metrics.kind === "command" ? queue.metrics.argv : kind.metricsCommand;
  if (command === undefined || (isDefault && queue.status.kind === "file")) {
    if (!(await hasRunFolders(source, observations))) return undefined;
    return async (job) =>
      job.runDir === undefined ? undefined : source.readRunMetrics(job.runDir);
  }
  return async (job) => {
    const filled = fillJobId(command, job.jobId);
    if (filled.kind === "refused") throw new InputError(filled.reason);
    return source.readMetrics(filled.argv);
  };
}

export interface MetricsReading {
  readonly byJob: ReadonlyMap<string, JobMetrics>;
  readonly warnings: readonly string[];
}

/** Reads the metrics of the jobs that are running or finished since the last sync. */
export async function readMetrics(
  ports: { readonly queue: QueueSource; readonly reporter: Pick<Reporter, "info"> },
  request: MetricsRequest,
): Promise<MetricsReading> {
  const { settings, kind, observations } = request;
  const read = await metricsReader(settings.queue, kind, { source: ports.queue, observations });
  if (read === undefined) return { byJob: new Map(), warnings: [] };
  const draft = createDraft(await request.readLog());
  const jobs = selectForMetrics(draft, observations, { settings, instant: request.now });
  if (jobs.length === 0) return { byJob: new Map(), warnings: [] };
  ports.reporter.info(
    `reading the metrics of ${jobs.length} ${jobs.length === 1 ? "job" : "jobs"}`,
  );
  const { default: createLimit } = await import("p-limit");
  const limit = createLimit(settings.queue.concurrency);
  const readings = await Promise.all(
    jobs.map((job) => limit(() => readJobMetrics({ kind, job, read }))),
  );
  return {
    byJob: new Map(
      readings.flatMap((reading) => (reading.metrics ? [[reading.jobId, reading.metrics]] : [])),
    ),
    warnings: readings.flatMap((reading) => (reading.warning ? [reading.warning] : [])),
  };
}

/** One job's metrics; what goes wrong is a warning for that job and not the end of the sync. */
async function readJobMetrics(request: {
  readonly kind: QueueKind;
  readonly job: Observation;
  readonly read: ReadJob;
}): Promise<{ jobId: string; metrics?: JobMetrics; warning?: string }> {
  const { jobId } = request.job;
  try {
    const found = await request.read(request.job);
    if (found === undefined) return { jobId };
    return { jobId, metrics: request.kind.parseMetrics(found.text, found.source) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { jobId, warning: `no metrics of job ${quoteUntrusted(jobId)}: ${reason}` };
  }
}
