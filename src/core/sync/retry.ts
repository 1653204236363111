/** How often and how long the compare-and-swap of a commit is tried. */
export const COMMIT_LIMITS = { attempts: 60, elapsedMs: 5 * 60_000 } as const;

/** How often a read is tried in all when the remote does not answer clearly. */
export const READ_ATTEMPTS = 4;

/** How often and how long a run waits because GitHub asks it to. */
export const WAIT_LIMITS = { waits: 3, totalMs: 2 * 60_000 } as const;

const BASE_MS = 100;
const CAP_MS = 8_000;

/**
 * The pause before attempt number `attempt` + 1, in milliseconds: full jitter, so that writers who collided once do not
 * collide again (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). `random` is in [0, 1).
 */
export function planPause(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 30));
  return Math.round(random * ceiling);
}

/** Whether another attempt at a commit may start. */
export function mayTryAgain(attempts: number, elapsedMs: number): boolean {
  return attempts < COMMIT_LIMITS.attempts && elapsedMs < COMMIT_LIMITS.elapsedMs;
}

/** What a run has waited so far because GitHub asked it to. */
export interface Waited {
  readonly waits: number;
  readonly totalMs: number;
}

/** Whether a run may wait as long as GitHub asks. */
export function mayWait(waited: Waited, askedMs: number): boolean {
  return waited.waits < WAIT_LIMITS.waits && waited.totalMs + askedMs <= WAIT_LIMITS.totalMs;
}

/** What a refusal in a remote's own words means for the branch. */
export type Refusal = "protected" | "secret" | "too-large" | "other";

// The codes are GitHub's: https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
// and https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection
// Secrets come first: push protection speaks of rule violations too, and no other branch takes the push either.
const REFUSALS: readonly (readonly [Refusal, RegExp])[] = [
  ["secret", /push cannot contain secrets|push protection|GH009/i],
  ["too-large", /GH001|large files? detected|exceeds GitHub's file size limit/i],
  [
    "protected",
    /GH006|GH013|protected (?:branch|ref)|repository rule violations|changes must be made through a pull request|required status check|approving review is required|not authorized to push to this branch|pre-receive hook declined/i,
  ],
];

/** Reads what a remote says when it refuses to move a branch. */
export function classifyRefusal(text: string): Refusal {
  return REFUSALS.find(([, pattern]) => pattern.test(text))?.[0] ?? "other";
}
