/** Windows has no process groups to signal. */
export const HAS_GROUPS = process.platform !== "win32";

/** A process that was started, as far as it can be signalled. */
interface Signalled {
  readonly pid?: number | undefined;
  kill(signal: NodeJS.Signals): boolean;
}

/** Signals the whole group of a program that was started `detached` where there are groups: what it started outlives it. */
export function signalGroup(child: Signalled, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    // Nobody of the group is left, or what is left has become another user's.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
