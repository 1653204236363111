import { RemoteError } from "../../core/errors.ts";
import { mayTryAgain, planPause } from "../../core/sync/retry.ts";
import type { Clock } from "../../ports/clock.ts";

/** Counts the attempts at one commit and waits between them. */
export interface Attempts {
  /** Waits before another attempt. Throws `RemoteError` when there were enough of them. */
  again(reason: string): Promise<void>;
}

/** Starts counting with the first attempt. */
export function createAttempts(clock: Clock, onProgress: (sentence: string) => void): Attempts {
  const started = clock.monotonicMs();
  let attempts = 1;
  return {
    async again(reason) {
      const elapsedMs = clock.monotonicMs() - started;
      if (!mayTryAgain(attempts, elapsedMs)) throw explainExhaustion(attempts, elapsedMs, reason);
      const pause = planPause(attempts, clock.random());
      attempts += 1;
      onProgress(`${reason}; attempt ${attempts} follows in ${pause} ms.`);
      await clock.sleep(pause);
    },
  };
}

function explainExhaustion(attempts: number, elapsedMs: number, reason: string): RemoteError {
  const seconds = Math.round(elapsedMs / 1000);
  return new RemoteError(
    `The log could not be committed in ${attempts} attempts and ${seconds} s; the last time: ${reason}.`,
    { remedy: "Run again; nothing is lost, and nothing is done twice." },
  );
}
