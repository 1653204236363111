import type { Ledger, LedgerEntry } from "../command/ledger.ts";
import { encodeLedger } from "../command/ledger-codec.ts";
import { parseInstant } from "../text/time.ts";

/**
 * Merges a ledger: our lines, then what theirs has besides, so that ours is only extended. Where both added lines about
 * one experiment and theirs are the older, what was added is put in the order of time, because the last word on a launch
 * counts. Every line of both sides stays, and one that both added stands once, also where each took the same comment at
 * another time: as ours has it.
 */
export function mergeLedgers(versions: {
  readonly ancestor: Ledger;
  readonly ours: Ledger;
  readonly theirs: Ledger;
}): Uint8Array {
  const { ancestor, ours, theirs } = versions;
  if (ours.entries.length + ancestor.entries.length === 0) return theirs.bytes;
  const byOurs = linesBeyond(ours.entries, ancestor.entries);
  const allOfTheirs = linesBeyond(theirs.entries, ancestor.entries);
  const byTheirs = linesBeyond(allOfTheirs, byOurs);
  if (isOlderSomewhere(byTheirs, byOurs))
    return encodeLedger(ancestor, interleave(byOurs, allOfTheirs));
  const hasAll = linesBeyond(ancestor.entries, ours.entries).length === 0;
  return hasAll ? encodeLedger(ours, byTheirs) : encodeLedger(ancestor, [...byOurs, ...byTheirs]);
}

/** Whether one list has a line that is older than a line of the other about the same experiment. */
function isOlderSomewhere(lines: readonly LedgerEntry[], others: readonly LedgerEntry[]): boolean {
  const newest = new Map<string, number>();
  for (const line of others) {
    const known = newest.get(line.experimentId) ?? Number.NEGATIVE_INFINITY;
    newest.set(line.experimentId, Math.max(known, instantOf(line)));
  }
  newest.delete("");
  return lines.some((line) => instantOf(line) < (newest.get(line.experimentId) ?? -Infinity));
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

/**
 * The lines of both in the order of time, as far as each side keeps its own order, whatever its clock said: a line that
 * both added stands where it does in ours, behind what stands before it in theirs.
 */
function interleave(
  ours: readonly LedgerEntry[],
  theirs: readonly LedgerEntry[],
): readonly LedgerEntry[] {
  const places = findShared(ours, theirs);
  const shared = new Set(places.values());
  const lines: LedgerEntry[] = [];
  let next = 0;
  for (const line of ours) {
    const place = places.get(line);
    const isBefore = (their: LedgerEntry, at: number) =>
      place === undefined ? !shared.has(at) && instantOf(their) < instantOf(line) : at < place;
    for (let their = theirs[next]; their && isBefore(their, next); their = theirs[next]) {
      if (!shared.has(next)) lines.push(their);
      next += 1;
    }
    lines.push(line);
    if (next === place) next += 1;
  }
  return [...lines, ...theirs.slice(next).filter((_, at) => !shared.has(next + at))];
}

/** Our lines that theirs has too, each with its place there. */
function findShared(
  ours: readonly LedgerEntry[],
  theirs: readonly LedgerEntry[],
): ReadonlyMap<LedgerEntry, number> {
  const places = new Map<string, number[]>();
  for (const [at, line] of theirs.entries()) {
    const known = places.get(keyOf(line));
    if (known === undefined) places.set(keyOf(line), [at]);
    else known.push(at);
  }
  return new Map(
    ours.flatMap((line) => {
      const place = places.get(keyOf(line))?.shift();
      return place === undefined ? [] : [[line, place] as const];
    }),
  );
}

/** A ledger that was read has an instant in every line. */
function instantOf({ at }: LedgerEntry): number {
  return Number(parseInstant(at));
}

/** What a line says, but when: both branches may have taken the same comment. */
function keyOf({ at: _, ...said }: LedgerEntry): string {
  return JSON.stringify(Object.values(said));
}
