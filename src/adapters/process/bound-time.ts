import { signalGroup } from "./signal-group.ts";

/** Between asking a program to end and ending it. */
const PATIENCE_MS = 2000;

/** A program's bound in time. */
export interface TimeBound {
  readonly tookTooLong: () => boolean;
  /** Lets it run on, or be ended by somebody else. */
  readonly stop: () => void;
}

/**
 * Bounds a program that leads a process group, and everything it starts, in milliseconds: whoever of it is left is asked to
 * end, and ended two seconds later, after which `onEnded` is called.
 */
export function boundTime(
  child: Parameters<typeof signalGroup>[0],
  timeoutMs: number,
  onEnded?: () => void,
): TimeBound {
  let late = false;
  let forced: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    late = true;
    signalGroup(child, "SIGTERM");
    forced = setTimeout(() => {
      signalGroup(child, "SIGKILL");
      onEnded?.();
    }, PATIENCE_MS);
  }, timeoutMs);
  return {
    tookTooLong: () => late,
    stop() {
      clearTimeout(timer);
      clearTimeout(forced);
    },
  };
}
