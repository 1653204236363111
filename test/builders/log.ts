import { COLUMNS, type Column } from "../../src/core/log/columns.ts";
import { type DecodedLog, decodeLog } from "../../src/core/log/decode.ts";
import { createDraft, type LogDraft } from "../../src/core/log/draft.ts";
import { encodeCell, encodeLog } from "../../src/core/log/encode.ts";

export const LOG_PATH = "experiments/mnist/experiment_log.csv";

/** The present instant of tests, and two later ones. */
export const NOW = "2026-11-23T09:30:00Z";
export const LATER = "2026-11-23T09:45:00Z";
export const MUCH_LATER = "2026-11-25T00:00:00Z";

/** A log as it is read from a text. */
export function readLog(text: string): DecodedLog {
  return decodeLog(Buffer.from(text, "utf8"), LOG_PATH);
}

/** The text of a log of rows with all canonical columns; ids are `exp-1`, `exp-2`, … unless given. */
export function logText(
  rows: readonly Partial<Record<Column, string>>[],
  lineEnd: "\n" | "\r\n" = "\n",
): string {
  const lines = rows.map((row, at) => {
    const cells: Partial<Record<Column, string>> = { experiment_id: `exp-${at + 1}`, ...row };
    return COLUMNS.map((column) => encodeCell(cells[column] ?? "")).join(",");
  });
  return [COLUMNS.join(","), ...lines].map((line) => line + lineEnd).join("");
}

/** A draft over a text. */
export function draftOf(text: string): LogDraft {
  return createDraft(readLog(text));
}

export function textOf(draft: LogDraft): string {
  return Buffer.from(encodeLog(draft)).toString("utf8");
}

/** A row as an object of its non-empty cells. */
export function cellsOf(
  log: Pick<LogDraft, "cell" | "header">,
  row: number,
): Record<string, string> {
  const columns = [...new Set([...COLUMNS, ...log.header])];
  const cells = columns.map((column) => [column, log.cell(row, column)] as const);
  return Object.fromEntries(cells.filter(([, text]) => text !== ""));
}
