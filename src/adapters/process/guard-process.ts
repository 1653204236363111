import type { ChildProcess } from "node:child_process";
import { boundTime } from "./bound-time.ts";
import { signalGroup } from "./signal-group.ts";

/** How long children of a program that has ended may hold its output open. */
const LINGER_MS = 1000;

export interface GuardLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** What a program leaves running when it ends is let go instead of ended: a job may be among it. */
  readonly sparesChildren?: boolean;
}

/** What had to be done to a program, besides waiting for it. */
export interface Guard {
  readonly tookTooLong: () => boolean;
  readonly printedTooMuch: () => boolean;
  /** Its children held its output after it had ended, and were cut off. */
  readonly leftChildren: () => boolean;
  readonly stop: () => void;
}

/**
 * Bounds a program that leads a process group, and everything it starts: a child that outlives it
 * keeps the output open, for which `timeout` of execa and of Node would wait without end.
 */
export function guardProcess(child: ChildProcess, limits: GuardLimits): Guard {
  let [large, lingering, bytes] = [false, false, 0];
  let linger: NodeJS.Timeout | undefined;
  const letGo = () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const cutOff = () => {
    signalGroup(child, "SIGKILL");
    letGo();
  };
  const bound = boundTime(child, limits.timeoutMs, letGo);
  child.stdout?.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes <= limits.maxBytes || large) return;
    large = true;
    cutOff();
  });
  child.once("exit", () => {
    bound.stop();
    linger = setTimeout(() => {
      lingering = true;
      if (limits.sparesChildren === true) letGo();
      else cutOff();
    }, LINGER_MS);
  });
  return {
    tookTooLong: bound.tookTooLong,
    printedTooMuch: () => large,
    leftChildren: () => lingering,
    stop() {
      bound.stop();
      clearTimeout(linger);
    },
  };
}
