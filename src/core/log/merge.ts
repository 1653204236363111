import { parseInstant } from "../text/time.ts";
import type { Status } from "./columns.ts";
import type { DecodedLog } from "./decode.ts";
import { createDraft, type LogDraft } from "./draft.ts";
import { comparableMetrics, encodeMembers, splitMembers } from "./metrics-cell.ts";
import { nextStatus } from "./transitions.ts";

/** A cell that both sides changed in different ways; `ours` was kept. */
export interface MergeConflict {
  readonly experimentId: string;
  readonly column: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Three-way merge by experiment id and cell. Different rows and different cells merge, those of extra columns
 * too; where both sides changed one cell, `metrics_json` merges by key, `created_at` takes the earlier and
 * `updated_at` the later, `status` the further along the table, and anything else keeps ours and is reported.
 * Nothing that one side has is taken away: no row, no column with its cells, and no metric of a cell that both changed.
 */
export function mergeLogs(logs: {
  readonly ancestor: DecodedLog;
  readonly ours: DecodedLog;
  readonly theirs: DecodedLog;
}): { readonly draft: LogDraft; readonly conflicts: readonly MergeConflict[] } {
  const { ancestor, ours, theirs } = logs;
  const draft = createDraft(ours, theirs.header);
  const [hasOurs, hasTheirs] = [new Set(ours.header), new Set(theirs.header)];
  const conflicts: MergeConflict[] = [];
  for (let their = 0; their < theirs.rowCount; their += 1) {
    const experimentId = theirs.cell(their, "experiment_id");
    const known = draft.rowOf(experimentId);
    const row = known ?? draft.append(experimentId);
    const old = ancestor.rowOf(experimentId);
    for (const column of draft.header) {
      const before = old === undefined ? "" : ancestor.cell(old, column);
      // A side without the column changed no cell of it: no column is ever deleted.
      const theirText = hasTheirs.has(column) ? theirs.cell(their, column) : before;
      // A row that we lost comes back whole: no row is ever deleted.
      const sides =
        known === undefined
          ? { ancestor: "", ours: "", theirs: theirText }
          : {
              ancestor: before,
              ours: hasOurs.has(column) ? draft.cell(row, column) : before,
              theirs: theirText,
            };
      const merged = mergeCell(column, sides);
      draft.set(row, column, merged.text);
      if (merged.isConflict) {
        conflicts.push({ experimentId, column, ours: sides.ours, theirs: sides.theirs });
      }
    }
  }
  restoreColumns(draft, logs);
  return { draft, conflicts };
}

/** The cells of columns that we lost, in rows that they lost: each side alone has nothing of them to merge. */
function restoreColumns(
  draft: LogDraft,
  { ancestor, ours, theirs }: Readonly<Record<"ancestor" | "ours" | "theirs", DecodedLog>>,
): void {
  const known = new Set(ours.header);
  const lost = draft.header.filter((column) => !known.has(column));
  if (lost.length === 0) return;
  for (let row = 0; row < ours.rowCount; row += 1) {
    const experimentId = ours.cell(row, "experiment_id");
    const old = ancestor.rowOf(experimentId);
    if (old === undefined || theirs.rowOf(experimentId) !== undefined) continue;
    for (const column of lost) draft.set(row, column, ancestor.cell(old, column));
  }
}

interface Sides {
  readonly ancestor: string;
  readonly ours: string;
  readonly theirs: string;
}

interface MergedCell {
  readonly text: string;
  readonly isConflict: boolean;
}

/** How a cell that both sides changed is merged, where its column has a rule. */
const RULES: ReadonlyMap<string, (sides: Sides) => MergedCell> = new Map([
  ["metrics_json", mergeMetricsCells],
  ["status", furtherStatus],
  ["created_at", ({ ours, theirs }: Sides) => settled(isBefore(theirs, ours) ? theirs : ours)],
  ["updated_at", ({ ours, theirs }: Sides) => settled(isBefore(ours, theirs) ? theirs : ours)],
]);

function mergeCell(column: string, sides: Sides): MergedCell {
  const { ancestor, ours, theirs } = sides;
  if (theirs === ours || theirs === ancestor) return settled(ours);
  if (ours === ancestor) return settled(theirs);
  const merge = RULES.get(column);
  return merge === undefined ? keepOurs(sides) : merge(sides);
}

function settled(text: string): MergedCell {
  return { text, isConflict: false };
}

function keepOurs({ ours }: Sides): MergedCell {
  return { text: ours, isConflict: true };
}

/** An absent instant is neither before nor after another. */
function isBefore(one: string, other: string): boolean {
  return Number(parseInstant(one)) < Number(parseInstant(other));
}

/** Keys that one side changed merge even where another key is in conflict; one that a side took out stays. */
function mergeMetricsCells({ ancestor, ours, theirs }: Sides): MergedCell {
  const old = comparableMetrics(ancestor);
  const kept = comparableMetrics(ours);
  const texts = splitMembers(theirs);
  const merged = new Map(splitMembers(ours));
  let isConflict = false;
  for (const [key, value] of comparableMetrics(theirs)) {
    const our = kept.get(key);
    const isTheirs = our === undefined || our === old.get(key);
    if (our !== undefined && (value === old.get(key) || value === our)) continue;
    if (isTheirs) merged.set(key, texts.get(key) as string);
    else isConflict = true;
  }
  return { text: encodeMembers(merged), isConflict };
}

function furtherStatus(sides: Sides): MergedCell {
  const { ours, theirs } = sides;
  if (leads(ours, theirs)) return settled(theirs);
  return leads(theirs, ours) ? settled(ours) : keepOurs(sides);
}

function leads(from: string, to: string): boolean {
  if (from === "" || to === "") return false;
  const said = { by: "person", isRequeue: false } as const;
  return nextStatus(from as Status, to as Status, said).kind === "move";
}
