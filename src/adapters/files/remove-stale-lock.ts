import * as fs from "node:fs";
import { promisify } from "node:util";

/**
 * Removes a lock whose holder is gone. What looked stale a moment ago may be the lock of a process that has removed
 * it meanwhile and made its own: so one process at a time removes, and it looks again first. Its turn is an empty
 * folder beside the lock.
 *
 * @param staleMs age from which a lock belongs to a process that is gone, in milliseconds
 * @throws {NodeJS.ErrnoException} `ELOCKED` when the lock is held, or it is another process's turn
 */
export async function removeStaleLock(path: string, staleMs: number): Promise<void> {
  const turn = `${path}.removing`;
  try {
    await promisify(fs.mkdir)(turn);
  } catch {
    await endAbandonedTurn(turn, staleMs);
    throw lockedError(path);
  }
  try {
    if (!(await isStale(path, staleMs))) throw lockedError(path);
    await promisify(fs.rmdir)(path);
  } finally {
    await promisify(fs.rmdir)(turn);
  }
}

/** Who had the turn may have been killed too; the next attempt then finds it free. */
async function endAbandonedTurn(turn: string, staleMs: number): Promise<void> {
  if (await isStale(turn, staleMs).catch(() => false)) await promisify(fs.rmdir)(turn);
}

async function isStale(folder: string, staleMs: number): Promise<boolean> {
  const { mtimeMs } = await promisify(fs.stat)(folder);
  return mtimeMs < Date.now() - staleMs;
}

function lockedError(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${path} is held by another process`), { code: "ELOCKED" });
}
