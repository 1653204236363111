import type {
  MetricsSource,
  QueueSettings,
  SessionSettings,
  StatusSource,
} from "../session/settings.ts";
import { present } from "../text/present.ts";
import type { Config } from "./parse-config.ts";

/** The settings of a session under the inputs of a run: what an input says wins. */
export function applyConfig(settings: SessionSettings, config: Partial<Config>): SessionSettings {
  return {
    ...settings,
    ...present({ issue: config.issue }),
    objective: {
      ...settings.objective,
      ...present({
        metric: config.objectiveMetric,
        mode: config.objectiveMode,
        target: config.objectiveTarget,
      }),
    },
    queue: applyQueue(settings.queue, config),
  };
}

function applyQueue(queue: QueueSettings, config: Partial<Config>): QueueSettings {
  return {
    ...queue,
    ...present({ kind: config.queue }),
    status: statusOf(queue, config),
    metrics: metricsOf(queue, config),
  };
}

function statusOf(
  queue: QueueSettings,
  { queueStatus, queueCommand }: Partial<Config>,
): StatusSource {
  if (queueStatus !== undefined) return { kind: "file", path: queueStatus };
  return queueCommand === undefined ? queue.status : { kind: "command", argv: queueCommand };
}

/** With a status file no command of session.yml is run; a run's own metrics.json may still be read. */
function metricsOf(queue: QueueSettings, { queueStatus, metrics }: Partial<Config>): MetricsSource {
  if (metrics !== undefined) return metrics;
  const isCommand = queue.metrics.kind === "command";
  return queueStatus !== undefined && isCommand ? { kind: "default" } : queue.metrics;
}
