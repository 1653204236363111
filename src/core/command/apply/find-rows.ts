import type { LogTable } from "../../log/table.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { namedTwice } from "../named-twice.ts";
import type { Bench } from "./bench.ts";
import type { Complaint } from "./verdict.ts";

/** Rows that were named, or what is wrong with the names. */
export interface FoundRows {
  readonly rows: readonly number[];
  readonly complaints: readonly Complaint[];
}

/** Unknown ids of a command that are looked for among the known ones, which takes the longer the more there are. */
const MOST_SEARCHED = 4;

/** The rows of experiment ids, each named once. */
export function findRows(bench: Bench, ids: readonly string[]): FoundRows {
  const rows: number[] = [];
  const complaints: Complaint[] = [];
  const unknown: string[] = [];
  for (const [at, id] of ids.entries()) {
    const row = bench.draft.rowOf(id);
    if (ids.indexOf(id) < at)
      complaints.push({ sentence: namedTwice(id), word: id, showsUsage: true });
    else if (row !== undefined) rows.push(row);
    else if (!bench.inVain.has(id)) unknown.push(id);
  }
  return { rows, complaints: [...unknownIds(bench.draft, unknown), ...complaints] };
}

function unknownIds(table: LogTable, ids: readonly string[]): readonly Complaint[] {
  const searched = ids.slice(0, MOST_SEARCHED).map((id) => ({
    ...unknownId(table, id),
    showsUsage: true,
  }));
  const others = ids.slice(MOST_SEARCHED).map((id) => quoteUntrusted(id));
  if (others.length === 0) return searched;
  return [...searched, { sentence: `nor is any of these in the log: ${others.join(", ")}.` }];
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
  const sentence = `there is no experiment ${quoteUntrusted(id)} in the log. ${hint}`;
  return { sentence, word: id };
}
