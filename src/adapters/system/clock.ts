import { setTimeout as wait } from "node:timers/promises";
import { formatInstant } from "../../core/text/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** The machine's clock and chance. */
export function createSystemClock(): Clock {
  return {
    now: () => formatInstant(Date.now() / 1000),
    monotonicMs: () => performance.now(),
    sleep: (milliseconds) => wait(milliseconds),
    random: () => Math.random(),
  };
}
