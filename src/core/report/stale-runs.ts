import type { LogTable } from "../log/table.ts";
import type { StaleRun } from "../sync/change.ts";

/**
 * The stale runs that a session's `summary.json` names and that run still: what the last sync knew from the queue, for
 * a report that does not ask it. None where the summary cannot be read, because the next sync writes it anew.
 */
export function parseStaleRuns(summary: Uint8Array, table: LogTable): readonly StaleRun[] {
  return readList(Buffer.from(summary).toString("utf8"))
    .flatMap(parseRun)
    .filter(({ experimentId }) => isRunning(table, experimentId));
}

function readList(text: string): readonly unknown[] {
  try {
    const { stale_runs: runs } = Object(JSON.parse(text));
    return Array.isArray(runs) ? runs : [];
  } catch {
    return [];
  }
}

function parseRun(entry: unknown): readonly StaleRun[] {
  const { experiment_id: experimentId, since, reason } = Object(entry);
  const isRun = [experimentId, since, reason].every((text) => typeof text === "string");
  return isRun ? [{ experimentId, since, reason }] : [];
}

function isRunning(table: LogTable, experimentId: string): boolean {
  const row = table.rowOf(experimentId);
  return row !== undefined && table.cell(row, "status") === "running";
}
