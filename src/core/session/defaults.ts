import type { SessionSettings } from "./settings.ts";

/** The values of `session.yml` where it says nothing. */
export const DEFAULTS = {
  queueKind: "xax",
  staleAfter: "1h",
  staleAfterSeconds: 3600,
  concurrency: 4,
  patience: 3,
  maxOpen: 3,
  top: 10,
  recent: 25,
} as const;

/** The settings of a session without a `session.yml`. */
export function defaultSettings(): SessionSettings {
  return {
    objective: { sameTask: false },
    queue: {
      kind: DEFAULTS.queueKind,
      status: { kind: "default" },
      metrics: { kind: "default" },
      include: new Map(),
      staleAfterSeconds: DEFAULTS.staleAfterSeconds,
      concurrency: DEFAULTS.concurrency,
    },
    stop: { patience: DEFAULTS.patience },
    proposals: { maxOpen: DEFAULTS.maxOpen, twoPerson: false, allowedBots: [] },
    report: { top: DEFAULTS.top, recent: DEFAULTS.recent },
    redact: { paths: true, patterns: [] },
    alerts: [],
    paused: false,
  };
}
