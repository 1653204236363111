import { isApproval, isOf, type LedgerEntry } from "./ledger.ts";

/** The detail of a line about a row that its command left as it was. */
export const NO_CHANGE = "no change";

/**
 * The lines of a ledger in which an approval that a later command has cleared is one of no row any more: its digest is
 * empty. The row's digest alone would not do, for a change that is taken back brings the old digest back. Changes by
 * other means have no line; what tells them is the digest.
 */
export function standingEntries(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const changed = new Set<string>();
  return entries
    .toReversed()
    .map((entry) => {
      const { experimentId } = entry;
      if (changesRow(entry)) changed.add(experimentId);
      return isApproval(entry) && changed.has(experimentId) ? { ...entry, detail: "" } : entry;
    })
    .toReversed();
}

/** `/baseline` names a row and changes `session.yml`; the other lines that apply something to a row tell when it stayed as it was. */
function changesRow(entry: LedgerEntry): boolean {
  return entry.outcome === "applied" && entry.detail !== NO_CHANGE && !isOf("baseline", entry);
}
