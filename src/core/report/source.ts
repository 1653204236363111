import type { Analysis } from "../analysis/analyse.ts";
import type { CommandFacts } from "../command/facts.ts";
import type { Column } from "../log/columns.ts";
import type { LogTable } from "../log/table.ts";
import { shortenText } from "../text/escape.ts";
import { LIMITS } from "./limits.ts";
import type { Excerpt } from "./model.ts";

/** A log and what is known about it: by analysis, and by the ledger. */
export interface Source {
  readonly table: LogTable;
  readonly analysis: Analysis;
  readonly facts: CommandFacts;
}

/** A row's experiment id as the report shows it. */
export function idOf(table: LogTable, row: number): string {
  return shortenText(table.cell(row, "experiment_id"), LIMITS.id);
}

/** A row's text, short enough for a table cell. */
export function textOf(table: LogTable, row: number, column: Column): string {
  return shortenText(table.cell(row, column), LIMITS.cell);
}

/** The first of many rows, built; the rest is only counted. */
export function excerptOf<T>(
  rows: readonly number[],
  most: number,
  build: (row: number, at: number) => T,
): Excerpt<T> {
  return { shown: rows.slice(0, most).map(build), total: rows.length };
}

/** The rows with a status, in file order. */
export function rowsWith({ analysis }: Source, status: string): readonly number[] {
  const { statuses, rowCount } = analysis.scan;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) if (statuses[row] === status) rows.push(row);
  return rows;
}
