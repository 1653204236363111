import type { ThrottlingOptions } from "@octokit/plugin-throttling";
import { mayWait, type Waited } from "../../core/sync/retry.ts";
import type { Clock } from "../../ports/clock.ts";
import { isRequestFailure } from "./read-answer.ts";

/** How long a run waits because GitHub asks it to; bounded over the whole run. */
export interface Patience {
  /** Waits and answers `true`, or answers `false` when the run has waited enough. */
  wait(seconds: number, why: string): Promise<boolean>;
  /** The same for an error that carries `retry-after` without the words the throttling plugin looks for. */
  waitAsTold(error: unknown): Promise<boolean>;
}

/** Starts with nothing waited. */
export function createPatience(clock: Clock, onWait: (sentence: string) => void): Patience {
  let waited: Waited = { waits: 0, totalMs: 0 };
  const wait = async (seconds: number, why: string) => {
    const milliseconds = seconds * 1000;
    if (!mayWait(waited, milliseconds)) return false;
    waited = { waits: waited.waits + 1, totalMs: waited.totalMs + milliseconds };
    onWait(`GitHub asks to wait ${seconds} s (${why}).`);
    await clock.sleep(milliseconds);
    return true;
  };
  return {
    wait,
    async waitAsTold(error) {
      const seconds = readRetryAfter(error);
      return seconds === undefined ? false : wait(seconds, "retry-after");
    },
  };
}

/** Settings of the throttling plugin: the waiting itself is ours, so that it is bounded and on our clock. */
export function throttleOptions(clock: Clock, patience: Patience): ThrottlingOptions {
  return {
    // Queues are kept by id for the whole process; every client has its own.
    id: `experiment-monitor-${clock.random()}`,
    retryAfterBaseValue: 0,
    // The plugin takes every GraphQL query for a write and spaces them by a second; a run sends few writes.
    write: UNSPACED,
    notifications: UNSPACED,
    onRateLimit: (seconds) => patience.wait(seconds, "the rate limit is used up"),
    onSecondaryRateLimit: (seconds) => patience.wait(seconds, "secondary rate limit"),
  };
}

type Group = NonNullable<ThrottlingOptions["write"]>;

const UNSPACED = {
  key: () => ({ schedule: async (_options: unknown, run: () => unknown) => run() }),
} as unknown as Group;

/** The `retry-after` of a 403 or 429 that neither plugin rule matches: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function readRetryAfter(error: unknown): number | undefined {
  const answer = isRequestFailure(error) ? error.response : undefined;
  if (answer === undefined || (answer.status !== 403 && answer.status !== 429)) return undefined;
  const handled =
    /\bsecondary rate\b/i.test(error instanceof Error ? error.message : "") ||
    answer.headers["x-ratelimit-remaining"] === "0";
  const seconds = Number(answer.headers["retry-after"]);
  return handled || !(seconds > 0) ? undefined : seconds;
}
