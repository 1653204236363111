import type { ChildProcess } from "node:child_process";

/** Between asking a program to end and ending it. */
const PATIENCE_MS = 2000;
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
  let [late, large, lingering, bytes] = [false, false, false, 0];
  const timers: NodeJS.Timeout[] = [];
  const letGo = () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const cutOff = () => {
    signalGroup(child, "SIGKILL");
    letGo();
  };
  const later = (work: () => void, ms: number) => timers.push(setTimeout(work, ms));
  later(() => {
    late = true;
    signalGroup(child, "SIGTERM");
    later(cutOff, PATIENCE_MS);
  }, limits.timeoutMs);
  child.stdout?.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes <= limits.maxBytes || large) return;
    large = true;
    cutOff();
  });
  const stop = () => timers.forEach(clearTimeout);
  child.once("exit", () => {
    stop();
    later(() => {
      lingering = true;
      if (limits.sparesChildren === true) letGo();
      else cutOff();
    }, LINGER_MS);
  });
  return {
    tookTooLong: () => late,
    printedTooMuch: () => large,
    leftChildren: () => lingering,
    stop,
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // Nobody of the group is left, or what is left has become another user's.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
