import type { ObjectiveMode } from "../log/columns.ts";
import { present } from "../text/present.ts";
import { parseDuration } from "../text/time.ts";
import { DEFAULTS, defaultSettings } from "./defaults.ts";
import { parseArgv } from "./parse-argv.ts";
import type { SessionDocument } from "./schema.ts";
import type {
  MetricsSource,
  Objective,
  QueueSettings,
  SessionSettings,
  StatusSource,
  StopSettings,
} from "./settings.ts";

type Section<K extends keyof SessionDocument> = NonNullable<SessionDocument[K]>;
type CommandLine = string | readonly string[];

/** Fills in the defaults of a valid `session.yml`. */
export function buildSettings(document: SessionDocument): SessionSettings {
  const { proposals = {}, redact = {}, launch } = document;
  return {
    ...present({ issue: document.issue, baseline: document.baseline }),
    objective: buildObjective(document.objective ?? {}),
    queue: buildQueue(document.queue ?? {}),
    stop: buildStop(document.stop ?? {}),
    proposals: {
      maxOpen: proposals["max-open"] ?? DEFAULTS.maxOpen,
      twoPerson: proposals["two-person"] ?? false,
      allowedBots: proposals["allowed-bots"] ?? [],
    },
    ...(launch === undefined ? {} : { launch: buildLaunch(launch) }),
    report: buildReportSettings(document.report ?? {}),
    redact: { paths: redact.paths ?? true, patterns: redact.patterns ?? [] },
    alerts: [...new Set(document.alerts ?? [])],
    paused: document.paused ?? false,
  };
}

function buildObjective(objective: Section<"objective">): Objective {
  const mode: ObjectiveMode | undefined = objective.mode;
  return {
    ...present({
      metric: objective.metric,
      mode,
      target: objective.target,
      minDelta: objective["min-delta"],
    }),
    sameTask: objective["same-task"] ?? false,
  };
}

function buildQueue(queue: Section<"queue">): QueueSettings {
  const { queue: defaults } = defaultSettings();
  const staleAfter = queue["stale-after"];
  return {
    ...present({ source: queue.source }),
    kind: queue.kind ?? defaults.kind,
    status: buildStatusSource(queue.status),
    metrics: buildMetricsSource(queue.metrics),
    include: buildInclude(queue.include ?? {}),
    staleAfterSeconds:
      (staleAfter === undefined ? undefined : parseDuration(staleAfter)) ??
      defaults.staleAfterSeconds,
    concurrency: queue.concurrency ?? defaults.concurrency,
  };
}

function buildStatusSource(status: Section<"queue">["status"]): StatusSource {
  if (status === undefined) return { kind: "default" };
  if (typeof status === "string" || Array.isArray(status)) {
    return { kind: "command", argv: argvOf(status) };
  }
  return { kind: "file", path: status.file };
}

function buildMetricsSource(metrics: Section<"queue">["metrics"]): MetricsSource {
  if (metrics === undefined) return { kind: "default" };
  return metrics === false ? { kind: "none" } : { kind: "command", argv: argvOf(metrics) };
}

/** The schema has already refused what cannot be split. */
function argvOf(command: CommandLine): readonly string[] {
  if (typeof command !== "string") return command;
  const parsed = parseArgv(command);
  return parsed.kind === "argv" ? parsed.argv : [command];
}

function buildInclude(include: Section<"queue">["include"] & object): QueueSettings["include"] {
  const fields = Object.entries(include).flatMap(([field, globs]) =>
    globs === undefined ? [] : [[field, typeof globs === "string" ? [globs] : globs] as const],
  );
  return new Map(fields);
}

function buildStop(stop: Section<"stop">): StopSettings {
  return {
    ...present({
      maxExperiments: stop["max-experiments"],
      maxHours: stop["max-hours"],
      maxGpuHours: stop["max-gpu-hours"],
      maxFailures: stop["max-failures"],
    }),
    patience: stop.patience ?? DEFAULTS.patience,
  };
}

function buildLaunch(launch: Section<"launch">): NonNullable<SessionSettings["launch"]> {
  return { command: launch.command, allow: launch.allow ?? [], public: launch.public ?? false };
}

function buildReportSettings(report: Section<"report">): SessionSettings["report"] {
  return {
    ...present({ commentAuthor: report["comment-author"] || undefined }),
    top: report.top ?? DEFAULTS.top,
    recent: report.recent ?? DEFAULTS.recent,
  };
}
