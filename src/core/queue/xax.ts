import { InputError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { epochField, firstLine, numberField, stripTerminal, textField } from "./fields.ts";
import type { Failure, JobMetrics, JobStatus, Observation, QueueReport } from "./observation.ts";
import { isObject, type JsonObject, parseQueueJson } from "./parse-status-json.ts";
import type { QueueKind } from "./queue-kind.ts";

/**
 * The queue of xax (`xax queue`). Shape of its status: xax/cli/queue.py `_serialize_job_for_output` and
 * xax/utils/launcher/queue_state.py; times are epoch seconds, statuses are the log's own.
 */
export const xax: QueueKind = {
  name: "xax",
  statusCommand: ["xax", "queue", "status", "--json"],
  metricsCommand: ["xax", "queue", "metrics", "{queue_job_id}", "--json"],
  parseStatus: parseXaxStatus,
  parseMetrics: parseXaxMetrics,
  launch: { parseJobId: parseXaxJobId, cancelCommand: xaxCancelCommand },
};

const STATUSES: ReadonlySet<string> = new Set<JobStatus>([
  "queued",
  "running",
  "completed",
  "failed",
  "cancelled",
]);

const MAX_ID_LENGTH = 200;
/** A hyphen that a command would take for an option; characters that make an id unreadable in a file of lines. */
const UNUSABLE_IN_ID = /^-|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function parseXaxStatus(text: string, source: string): QueueReport {
  const status = parseQueueJson(text, source);
  if (!isObject(status)) {
    throw new InputError(
      `${source}: expected a JSON object with a list \`jobs\`, found ${kindOf(status)}`,
      {
        remedy: "Save the output of `xax queue status --json`.",
      },
    );
  }
  const jobs = status["jobs"];
  if (!Array.isArray(jobs)) {
    throw new InputError(`${source}: expected a list \`jobs\`, found ${kindOf(jobs)}`, {
      remedy: "Save the output of `xax queue status --json`.",
    });
  }
  const warnings: string[] = [];
  const observations = new Map<string, Observation>();
  jobs.forEach((job: unknown, at) => {
    const result = parseJob(job);
    if (typeof result === "string") warnings.push(`${source}: jobs[${at}] ${result}`);
    else keepNewest(observations, result);
  });
  return {
    observations: [...observations.values()],
    listed: listedJobs(jobs),
    warnings,
    ...deadObserver(status),
  };
}

function listedJobs(jobs: readonly unknown[]): ReadonlySet<string> {
  return new Set(jobs.flatMap((job) => (isObject(job) && textField(job, "job_id")) || []));
}

/** A job listed twice counts once: the newest submission. */
function keepNewest(observations: Map<string, Observation>, job: Observation): void {
  const known = observations.get(job.jobId);
  if (known === undefined || (job.submittedAt ?? 0) > (known.submittedAt ?? 0)) {
    observations.set(job.jobId, job);
  }
}

/** The job, or why it was left out. */
function parseJob(job: unknown): Observation | string {
  if (!isObject(job)) return `is ${kindOf(job)}, expected a job object; it was left out`;
  const jobId = textField(job, "job_id");
  if (jobId === undefined || jobId.trim() === "") {
    return "has no job_id, so it cannot be recorded; it was left out";
  }
  if (jobId.length > MAX_ID_LENGTH || jobId !== jobId.trim() || UNUSABLE_IN_ID.test(jobId)) {
    return `has a job_id that cannot be an experiment id: ${quoteUntrusted(jobId)}; it was left out`;
  }
  const status = job["status"];
  if (typeof status !== "string" || !STATUSES.has(status)) {
    return `(${quoteUntrusted(jobId)}) has the unknown status ${quoteUntrusted(textOf(status))}; its row was left alone`;
  }
  return observe(job, jobId, status as JobStatus);
}

/** What a value of JSON looks like; text as it is. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
}

function observe(job: JsonObject, jobId: string, status: JobStatus): Observation {
  const isFinished = status !== "queued" && status !== "running";
  const error = textField(job, "error");
  return {
    jobId,
    status,
    submittedAt: epochField(job, "enqueued_at"),
    startedAt: status === "queued" ? undefined : epochField(job, "started_at"),
    endedAt: isFinished ? epochField(job, "ended_at") : undefined,
    taskKey: textField(job, "task_key"),
    command: textField(job, "command"),
    runDir: textField(job, "run_dir"),
    configPath: textField(job, "config_path"),
    launcher: textField(job, "launcher"),
    failure: status === "failed" ? failureOf(job, error) : undefined,
    cancelReason: status === "cancelled" && error !== undefined ? firstLine(error) : undefined,
    restarts: 0,
    metrics: isObject(job["metrics"]) ? parseMetricsObject(job["metrics"]) : undefined,
  };
}

/** xax sets `oom_detected`; -1 with "Recovered orphaned" is its observer's clean-up after a crash. */
function failureOf(job: JsonObject, error: string | undefined): Failure {
  const exitCode = numberField(job, "return_code");
  const detail = error === undefined ? "" : firstLine(error);
  if (job["oom_detected"] === true) return { class: "oom", detail };
  if (/\borphaned\b/i.test(detail)) return { class: "infra", detail };
  if (/\btimed? ?out\b|\btime limit\b/i.test(detail)) return { class: "timeout", detail };
  if (exitCode === undefined)
    return { class: "infra", detail: detail || "the queue gives no exit code" };
  if (exitCode < 0) return { class: "killed", detail: detail || `signal ${-exitCode}` };
  return { class: "exit", exitCode, detail };
}

function deadObserver(status: JsonObject): Pick<QueueReport, "deadObserverSince"> {
  if (status["observer_active"] !== false) return {};
  const observer = status["observer"];
  const since = isObject(observer) ? epochField(observer, "updated_at") : undefined;
  return { deadObserverSince: since ?? "unknown" };
}

/** `xax queue metrics ID --json`: points of which the one with the highest step, then time, counts. */
function parseXaxMetrics(text: string, source: string): JobMetrics {
  const points = parseQueueJson(text, source);
  if (isObject(points)) return parseMetricsObject(points);
  if (!Array.isArray(points)) {
    throw new InputError(`${source}: expected a list of metric points, found ${kindOf(points)}`);
  }
  const newest = new Map<string, JsonObject>();
  for (const point of points) {
    const tag = isObject(point) ? textField(point, "tag") : undefined;
    if (tag === undefined || typeof point.value !== "number") continue;
    const known = newest.get(tag);
    if (known === undefined || isNewer(point, known)) newest.set(tag, point);
  }
  return new Map([...newest].map(([tag, point]) => [tag, point["value"] as number]));
}

function isNewer(point: JsonObject, known: JsonObject): boolean {
  const steps = (numberField(point, "step") ?? 0) - (numberField(known, "step") ?? 0);
  if (steps !== 0) return steps > 0;
  return (numberField(point, "wall_time") ?? 0) >= (numberField(known, "wall_time") ?? 0);
}

function parseMetricsObject(object: JsonObject): JobMetrics {
  return new Map(
    Object.entries(object).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    ),
  );
}

/** What the queued launcher logs: xax/task/launchers/queued.py, `Queued job-0000012 (examples.mnist.Mnist) at …`. */
const QUEUED = /\bQueued (job-\d{7,32}) \(/g;

function parseXaxJobId(output: string): string | undefined {
  const ids = new Set([...stripTerminal(output).matchAll(QUEUED)].map(([, id]) => id));
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}

/** `cancel` takes a waiting job out of the queue, `kill` ends the running one. */
function xaxCancelCommand(status: JobStatus): readonly string[] | undefined {
  if (status === "queued") return ["xax", "queue", "cancel", "{queue_job_id}"];
  return status === "running" ? ["xax", "queue", "kill", "{queue_job_id}"] : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
