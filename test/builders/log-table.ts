import { COLUMNS, type Column } from "../../src/core/log/columns.ts";
import type { LogTable } from "../../src/core/log/table.ts";
import { parseInstant } from "../../src/core/text/time.ts";

/** Cells of a row; what is not given is empty. */
export type Cells = Partial<Record<Column, string>>;

/** A log in memory; ids are `exp-001`, `exp-002`, … and times stand still unless given. */
export function logTable(rows: readonly Cells[]): LogTable {
  const cells = rows.map((row, at): Cells => ({ ...defaults(at), ...row }));
  const rowById = new Map(cells.map((row, at) => [row.experiment_id ?? "", at]));
  const cell = (row: number, column: string) => cells[row]?.[column as Column] ?? "";
  return {
    path: "experiments/default/experiment_log.csv",
    header: COLUMNS,
    rowCount: cells.length,
    cell,
    isEmpty: (row, column) => cell(row, column) === "",
    holds: (row, column, text) => cell(row, column) === text,
    instant: (row, column) => parseInstant(cell(row, column)),
    rowOf: (experimentId) => rowById.get(experimentId),
  };
}

function defaults(at: number): Cells {
  return {
    experiment_id: `exp-${String(at + 1).padStart(3, "0")}`,
    status: "completed",
    created_at: "2026-03-01T00:00:00Z",
    updated_at: "2026-03-01T00:00:00Z",
  };
}
