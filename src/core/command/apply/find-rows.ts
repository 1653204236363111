import type { LogTable } from "../../log/table.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import type { Bench } from "./bench.ts";
import type { Complaint } from "./verdict.ts";

/** Rows that were named, or what is wrong with the names. */
export interface FoundRows {
  readonly rows: readonly number[];
  readonly complaints: readonly Complaint[];
}

/** The rows of experiment ids, each named once. */
export function findRows(bench: Bench, ids: readonly string[]): FoundRows {
  const rows: number[] = [];
  const complaints: Complaint[] = [];
  for (const [at, id] of ids.entries()) {
    const row = bench.draft.rowOf(id);
    if (ids.indexOf(id) < at) complaints.push(namedTwice(id));
    else if (row !== undefined) rows.push(row);
    else if (!bench.inVain.has(id)) complaints.push(unknownId(bench.draft, id));
  }
  return { rows, complaints };
}

/** Every experiment id of a log, in its order. */
export function* experimentIds(table: LogTable): Generator<string> {
  for (let row = 0; row < table.rowCount; row += 1) yield table.cell(row, "experiment_id");
}

export function unknownId(table: LogTable, id: string): Complaint {
  const near = nearestName(id, experimentIds(table));
  const hint =
    near === undefined
      ? "The report lists the experiments."
      : `Did you mean ${quoteUntrusted(near)}?`;
  return { sentence: `there is no experiment ${quoteUntrusted(id)} in the log. ${hint}`, word: id };
}

function namedTwice(id: string): Complaint {
  return { sentence: `${quoteUntrusted(id)} is named twice. Name it once.`, word: id };
}
