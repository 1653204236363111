import type { Ledger, LedgerEntry } from "../../src/core/command/ledger.ts";
import { decodeLedger, encodeLedger } from "../../src/core/command/ledger-codec.ts";

/** The ledger after lines were added to it, as it is read again. */
export function extendLedger(ledger: Ledger, added: readonly LedgerEntry[]): Ledger {
  return decodeLedger(encodeLedger(ledger, added), ledger.path);
}
