import type { LogTable } from "./table.ts";

/** A row's status as it follows "is" in a sentence. */
export function statusWords(table: LogTable, row: number): string {
  return table.cell(row, "status") || "without a status";
}
