import type { LogDraft } from "../log/draft.ts";
import { isFinished } from "../log/is-finished.ts";
import type { Observation } from "../queue/observation.ts";
import type { SessionSettings } from "../session/settings.ts";
import { parseInstant } from "../text/time.ts";
import { createMatcher, isRequeued } from "./identity.ts";
import { lacksMetrics } from "./row-edit.ts";

/** A finished job whose metrics could not be read is asked again for this long. */
const RETRY_SECONDS = 24 * 3600;

/** The jobs whose metrics are worth reading: running ones, and those that finished since the last sync. */
export function selectForMetrics(
  draft: LogDraft,
  observations: readonly Observation[],
  now: { readonly settings: SessionSettings; readonly instant: string },
): readonly Observation[] {
  const matcher = createMatcher(draft, now.settings.queue.source);
  const present = Number(parseInstant(now.instant));
  return observations.filter((job) => {
    if (job.status === "running") return true;
    if (job.status === "queued" || job.startedAt === undefined) return false;
    const row = matcher.find(job);
    if (row === undefined || !isFinished(draft, row)) return true;
    if (isRequeued(draft, row, job)) return true;
    const isRecent = job.endedAt !== undefined && present - job.endedAt < RETRY_SECONDS;
    return isRecent && lacksMetrics({ draft, row, input: now });
  });
}
