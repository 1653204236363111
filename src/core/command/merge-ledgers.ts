import type { Ledger, LedgerEntry } from "./ledger.ts";
import { encodeLedger } from "./ledger-codec.ts";

/**
 * Merges two continuations of a ledger: the base's lines, then those of ours that it does not have. A line counts as
 * often as the side has it that has it most often, so that none is lost and none is doubled.
 */
export function mergeLedgers(sides: { readonly base: Ledger; readonly ours: Ledger }): Uint8Array {
  const { base, ours } = sides;
  if (base.entries.length === 0) return ours.bytes;
  const known = new Map<string, number>();
  for (const entry of base.entries) known.set(keyOf(entry), countOf(known, entry) + 1);
  const missing = ours.entries.filter((entry) => {
    const count = countOf(known, entry);
    known.set(keyOf(entry), count - 1);
    return count <= 0;
  });
  return encodeLedger(base, missing);
}

function countOf(counts: ReadonlyMap<string, number>, entry: LedgerEntry): number {
  return counts.get(keyOf(entry)) ?? 0;
}

function keyOf(entry: LedgerEntry): string {
  return JSON.stringify(Object.values(entry));
}
