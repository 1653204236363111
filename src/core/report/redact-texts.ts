import type { LogTable } from "../log/table.ts";
import type { Redactor } from "../text/redact.ts";

/** Columns in which people write, and of which a report shows the beginning. */
const WRITTEN: ReadonlySet<string> = new Set([
  "change_summary",
  "hypothesis",
  "next_action",
  "result_summary",
]);

/** A log whose texts are redacted before a report shortens them: half a secret is not known for one. */
export function redactTexts(table: LogTable, redact: Redactor): LogTable {
  const cell = (row: number, column: string) => {
    const text = table.cell(row, column);
    return WRITTEN.has(column) ? redact(text) : text;
  };
  return { ...table, cell };
}
