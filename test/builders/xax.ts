import { readFileSync } from "node:fs";
import type { LogDraft } from "../../src/core/log/draft.ts";
import { xax } from "../../src/core/queue/xax.ts";
import { defaultSettings } from "../../src/core/session/defaults.ts";
import type { QueueSettings, SessionSettings } from "../../src/core/session/settings.ts";
import { applyObservations, type SyncOutcome } from "../../src/core/sync/apply-observations.ts";
import { draftOf, NOW, textOf } from "./log.ts";

/** A genuine output of the xax queue. */
export function xaxSample(name: string): string {
  return readFileSync(new URL(`../fixtures/xax/${name}.json`, import.meta.url), "utf8");
}

/** A running job as xax lists it; times are epoch seconds. */
export function xaxJob(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    job_id: "job-1",
    status: "running",
    enqueued_at: 1000,
    started_at: 1010,
    ended_at: null,
    error: null,
    return_code: null,
    oom_detected: false,
    ...overrides,
  };
}

/** A job that has ended; completed unless the overrides say otherwise. */
export function endedJob(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return xaxJob({ status: "completed", ended_at: 1020, return_code: 0, ...overrides });
}

export function xaxStatus(...jobs: readonly unknown[]): string {
  return JSON.stringify({ jobs, queue: [], observer_active: true });
}

/** Settings of a session; parts of the queue's may be given alone. */
export function settingsOf(
  overrides: Partial<Omit<SessionSettings, "queue">> & {
    readonly queue?: Partial<QueueSettings>;
  } = {},
): SessionSettings {
  const settings = defaultSettings();
  return { ...settings, ...overrides, queue: { ...settings.queue, ...overrides.queue } };
}

export interface Scene {
  readonly log?: string;
  readonly status: string;
  readonly settings?: SessionSettings;
  /** By job id. */
  readonly metrics?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly at?: string;
  readonly owner?: string;
  readonly redact?: (text: string) => string;
}

/** A sync of a status into a log. */
export function sync(scene: Scene): SyncOutcome & { draft: LogDraft; text: string } {
  const draft = draftOf(scene.log ?? "");
  const metrics = Object.entries(scene.metrics ?? {});
  const outcome = applyObservations(draft, {
    report: xax.parseStatus(scene.status, "status.json"),
    metrics: new Map(metrics.map(([job, values]) => [job, new Map(Object.entries(values))])),
    settings: scene.settings ?? settingsOf(),
    now: scene.at ?? NOW,
    redact: scene.redact ?? ((text) => text),
    ...(scene.owner === undefined ? {} : { owner: scene.owner }),
  });
  return { ...outcome, draft, text: textOf(draft) };
}
