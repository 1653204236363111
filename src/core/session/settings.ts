import type { ObjectiveMode } from "../log/columns.ts";

/** The objective of a session: what is measured and which direction is better. */
export interface Objective {
  readonly metric?: string;
  readonly mode?: ObjectiveMode;
  /** Reaching it is a stop criterion. */
  readonly target?: number;
  /** The smallest difference that counts, in the metric's unit. */
  readonly minDelta?: number;
  /** Only rows with the same `task_key` are comparable. */
  readonly sameTask: boolean;
}

/** How a queue's status is obtained. */
export type StatusSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "command"; readonly argv: readonly string[] }
  | { readonly kind: "default" };

/** How a job's metrics are obtained; `{queue_job_id}` is replaced as a whole argument or inside one. */
export type MetricsSource =
  | { readonly kind: "none" }
  | { readonly kind: "command"; readonly argv: readonly string[] }
  | { readonly kind: "default" };

export interface QueueSettings {
  readonly kind: string;
  readonly status: StatusSource;
  readonly metrics: MetricsSource;
  /** Prefix of new ids, so that several queues can feed one log. */
  readonly source?: string;
  /** Observation field → globs, one of which must match. Empty: every job belongs here. */
  readonly include: ReadonlyMap<string, readonly string[]>;
  readonly staleAfterSeconds: number;
  /** How many metrics commands run at once. */
  readonly concurrency: number;
}

export interface StopSettings {
  readonly maxExperiments?: number;
  readonly maxHours?: number;
  readonly maxGpuHours?: number;
  readonly patience: number;
  readonly maxFailures?: number;
}

export const ALERTS = ["new-best", "regression", "stop", "failures"] as const;
export type Alert = (typeof ALERTS)[number];

/** `session.yml`, validated, with defaults filled in. */
export interface SessionSettings {
  readonly objective: Objective;
  /** The issue or pull request that carries the report. */
  readonly issue?: number;
  /** The experiment id of the baseline. */
  readonly baseline?: string;
  readonly queue: QueueSettings;
  readonly stop: StopSettings;
  readonly proposals: {
    readonly maxOpen: number;
    readonly twoPerson: boolean;
    readonly allowedBots: readonly string[];
  };
  readonly launch?: {
    readonly command: readonly string[];
    readonly allow: readonly string[];
    readonly public: boolean;
  };
  readonly report: {
    readonly top: number;
    readonly recent: number;
    readonly commentAuthor?: string;
  };
  readonly redact: { readonly paths: boolean; readonly patterns: readonly string[] };
  readonly alerts: readonly Alert[];
  readonly paused: boolean;
}

/** Lays inputs and flags over the settings of a session.yml. */
export type SettingsOverride = (settings: SessionSettings) => SessionSettings;
