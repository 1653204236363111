import { COLUMNS } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import type { Sha256 } from "../text/sha256.ts";

/** They tell when, not what. */
const NOT_CONTENT: ReadonlySet<string> = new Set(["created_at", "updated_at"]);

/**
 * What an approval binds to: SHA-256 over every cell of a row that holds text, extra columns too, but for
 * `created_at` and `updated_at`. How cells are quoted and in which order columns stand does not matter.
 */
export function rowDigest(table: LogTable, row: number, sha256: Sha256): string {
  const columns = [...new Set([...COLUMNS, ...table.header])].sort();
  const cells = columns
    .filter((column) => !NOT_CONTENT.has(column) && !table.isEmpty(row, column))
    .map((column) => [column, table.cell(row, column)]);
  return sha256(JSON.stringify(cells));
}
