import * as fs from "node:fs";
import { join } from "node:path";
import { EXIT, MonitorError } from "../../core/errors.ts";
import { removeStaleLock } from "./remove-stale-lock.ts";

/** A lock whose holder has not renewed it for so long belongs to a process that is gone. */
const STALE_MS = 10_000;

/** About 40 seconds in all: time for a stale lock to be seen as such, and for a queue of writers. */
const WAITING = { retries: 80, factor: 1.3, minTimeout: 20, maxTimeout: 600, randomize: true };

/**
 * Does something while no other process does the same in that folder. The lock is an empty folder,
 * which git never lists, also when a killed process leaves it behind. `assertHeld` throws when the
 * lock was lost, which happens when the process was asleep for longer than a lock may stand still.
 */
export async function withFolderLock<T>(
  folder: string,
  work: (assertHeld: () => void) => Promise<T>,
): Promise<T> {
  const { lock } = (await import("proper-lockfile")).default;
  let isHeld = false;
  let lost: Error | undefined;
  const release = await lock(folder, {
    lockfilePath: join(folder, ".experiment-monitor.lock"),
    fs: removingWithCare(() => isHeld),
    stale: STALE_MS,
    retries: WAITING,
    onCompromised: (error) => {
      lost = error;
    },
  }).catch((cause: unknown) => {
    throw refusal(folder, cause);
  });
  isHeld = true;
  try {
    return await work(() => {
      if (lost !== undefined) throw refusal(folder, lost);
    });
  } finally {
    if (lost === undefined) await release();
  }
}

/** The file system for the library, which would remove a stale lock without looking whether it still is the stale one. */
function removingWithCare(isHeld: () => boolean): typeof fs {
  const rmdir = (path: string, done: (error: Error | null) => void) => {
    if (isHeld()) fs.rmdir(path, done);
    else removeStaleLock(path, STALE_MS).then(() => done(null), done);
  };
  return { ...fs, rmdir } as typeof fs;
}

function refusal(folder: string, cause: unknown): MonitorError {
  const { code } = cause as NodeJS.ErrnoException;
  const problem =
    code === "ELOCKED"
      ? `Another process has been writing to ${folder} for too long.`
      : `The lock of ${folder} could not be held (${code ?? "unknown"}).`;
  return new MonitorError(problem, EXIT.unexpected, {
    remedy: `Run again; if no other process is at work, remove ${join(folder, ".experiment-monitor.lock")}.`,
    cause,
  });
}
