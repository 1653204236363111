import { isOpenProposal } from "../command/facts.ts";
import { isOf, type LedgerEntry } from "../command/ledger.ts";
import { findingAt, type LogChange, type TouchedRow } from "./log-change.ts";
import type { Finding } from "./review.ts";

/** More open proposals than the session wants; `/propose --sweep` by somebody who may is a reason. */
export function reviewProposals(
  change: LogChange,
  rows: readonly TouchedRow[],
): readonly Finding[] {
  const { head: table, launchesAfter: launches, settings } = change;
  const { maxOpen } = settings.proposals;
  const isSwept = (id: string) => change.newEntries.get(id)?.some(isSweep) === true;
  const isOpen = (row: number) => isOpenProposal({ table, launches }, row);
  const isNew = ({ row, columns, experimentId }: TouchedRow) =>
    columns.has("status") && isOpen(row) && !isSwept(experimentId);
  const added = rows.filter(isNew);
  const [touched] = added;
  if (touched === undefined) return [];
  const open = Array.from({ length: table.rowCount }, (_, row) => row).filter(isOpen).length;
  if (open <= maxOpen) return [];
  const sentence = `${open} proposals are open, and at most ${maxOpen} may be (proposals.max-open in session.yml); this change adds ${added.length} of them. Launch or reject some first.`;
  return [
    findingAt(change, { touched, column: "status", code: "proposals-above-limit" }, sentence),
  ];
}

function isSweep(entry: LedgerEntry): boolean {
  const { outcome, command } = entry;
  return outcome === "applied" && isOf("propose", entry) && command.endsWith(" --sweep");
}
