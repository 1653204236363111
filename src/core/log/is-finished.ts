import { FINISHED, type Status } from "./columns.ts";
import type { LogTable } from "./table.ts";

/** Whether a row's experiment has ended, however it did. */
export function isFinished(table: LogTable, row: number): boolean {
  return FINISHED.has(table.cell(row, "status") as Status);
}
