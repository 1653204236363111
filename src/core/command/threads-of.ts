import type { Ledger } from "./ledger.ts";

/** `…/issues/12#issuecomment-1`, `…/pull/12#issuecomment-1`, `…/issues/12`. */
const THREAD = /\/(?:issues|pull)\/([1-9]\d{0,9})(?:#|$)/;

/** Numbers of the issues and pull requests that a ledger's comments stand on. */
export function threadsOf(ledger: Ledger): ReadonlySet<number> {
  const numbers = ledger.entries.map(({ commentUrl }) => THREAD.exec(commentUrl)?.[1]);
  return new Set(numbers.filter((number) => number !== undefined).map(Number));
}
