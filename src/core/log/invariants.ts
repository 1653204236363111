import { LogError } from "../errors.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Status } from "./columns.ts";
import type { DecodedLog } from "./decode.ts";
import { nextStatus } from "./transitions.ts";

/**
 * The last gate before a log is written: no column or row is gone, both keep their order, every status moved
 * along the table. A failure here is a defect of the program; the write does not happen.
 *
 * @throws {LogError}
 */
export function assertLogExtends(before: DecodedLog, after: DecodedLog): void {
  for (const [field, column] of before.header.entries()) {
    if (after.header[field] !== column) {
      throw refuse(before, `the column ${quoteUntrusted(column)} would be lost or moved`);
    }
  }
  for (let row = 0; row < before.rowCount; row += 1) {
    const id = before.cell(row, "experiment_id");
    if (after.cell(row, "experiment_id") !== id) {
      throw refuse(before, `the row of experiment ${quoteUntrusted(id)} would be lost or moved`);
    }
    const from = before.cell(row, "status");
    const to = after.cell(row, "status");
    if (from !== to && !isLegal(from as Status | "", to as Status | "")) {
      throw refuse(
        before,
        `experiment ${quoteUntrusted(id)} would go from ${from} to ${to || "no status"}`,
      );
    }
  }
}

/** A ledger is append-only: the new bytes begin with the old ones. @throws {LogError} */
export function assertLedgerExtends(path: string, before: Uint8Array, after: Uint8Array): void {
  const isExtended =
    after.length >= before.length && Buffer.compare(before, after.subarray(0, before.length)) === 0;
  if (!isExtended) throw new LogError("lines of the ledger would be changed or lost", { path });
}

function isLegal(from: Status | "", to: Status | ""): boolean {
  if (from === "") return true;
  if (to === "") return false;
  return (["queue", "person"] as const).some(
    (by) => nextStatus(from, to, { by, isRequeue: by === "queue" }).kind !== "ignore",
  );
}

function refuse(log: DecodedLog, problem: string): LogError {
  return new LogError(`nothing was written: ${problem}`, {
    path: log.path,
    remedy: "This is a defect of Experiment Monitor; please report it with the log's last commit.",
  });
}
