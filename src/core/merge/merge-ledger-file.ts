import type { Ledger, LedgerEntry } from "../command/ledger.ts";
import { encodeLedger } from "../command/ledger-codec.ts";
import { parseInstant } from "../text/time.ts";

/**
 * Merges a ledger: the ancestor's lines, then what each side added, in the order of time, because the last word on a
 * launch counts. Every line of both sides stays, and one that both added stands once.
 */
export function mergeLedgerFile(versions: {
  readonly ancestor: Ledger;
  readonly ours: Ledger;
  readonly theirs: Ledger;
}): Uint8Array {
  const { ancestor, ours, theirs } = versions;
  const byOurs = linesBeyond(ours.entries, ancestor.entries);
  const byTheirs = linesBeyond(linesBeyond(theirs.entries, ancestor.entries), byOurs);
  const hasAll = linesBeyond(ancestor.entries, ours.entries).length === 0;
  if (byTheirs.length === 0 && hasAll) return ours.bytes;
  return encodeLedger(ancestor, interleave(byOurs, byTheirs));
}

/** The lines of one list that another has not, each as often as it has it more. */
function linesBeyond(
  lines: readonly LedgerEntry[],
  known: readonly LedgerEntry[],
): readonly LedgerEntry[] {
  const counts = new Map<string, number>();
  for (const line of known) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(keyOf(line)) ?? 0;
    counts.set(keyOf(line), count - 1);
    return count <= 0;
  });
}

/** Each side keeps its own order, whatever its clock said. */
function interleave(
  ours: readonly LedgerEntry[],
  theirs: readonly LedgerEntry[],
): readonly LedgerEntry[] {
  const lines: LedgerEntry[] = [];
  let next = 0;
  for (const line of ours) {
    while (next < theirs.length && instantOf(theirs[next]) < instantOf(line)) {
      lines.push(theirs[next] as LedgerEntry);
      next += 1;
    }
    lines.push(line);
  }
  return [...lines, ...theirs.slice(next)];
}

function instantOf(line: LedgerEntry | undefined): number {
  return Number(parseInstant(line?.at ?? ""));
}

function keyOf(entry: LedgerEntry): string {
  return JSON.stringify(Object.values(entry));
}
