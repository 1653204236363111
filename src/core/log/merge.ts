import { COLUMNS, type Column, type Status } from "./columns.ts";
import type { DecodedLog } from "./decode.ts";
import { createDraft, type LogDraft } from "./draft.ts";
import { decodeMetrics, encodeMetrics } from "./metrics-cell.ts";
import { nextStatus } from "./transitions.ts";

/** A cell that both sides changed in different ways; `ours` was kept. */
export interface MergeConflict {
  readonly experimentId: string;
  readonly column: Column;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Three-way merge by experiment id and cell. Different rows and different cells merge; where both sides
 * changed one cell, `metrics_json` merges by key, `updated_at` takes the later, `status` the further along
 * the table, and anything else keeps ours and is reported.
 */
export function mergeLogs(logs: {
  readonly ancestor: DecodedLog;
  readonly ours: DecodedLog;
  readonly theirs: DecodedLog;
}): { readonly draft: LogDraft; readonly conflicts: readonly MergeConflict[] } {
  const { ancestor, ours, theirs } = logs;
  const draft = createDraft(ours);
  const conflicts: MergeConflict[] = [];
  for (let their = 0; their < theirs.rowCount; their += 1) {
    const experimentId = theirs.cell(their, "experiment_id");
    const row = draft.rowOf(experimentId) ?? draft.append(experimentId);
    const old = ancestor.rowOf(experimentId);
    for (const column of COLUMNS) {
      const sides = {
        ancestor: old === undefined ? "" : ancestor.cell(old, column),
        ours: draft.cell(row, column),
        theirs: theirs.cell(their, column),
      };
      const merged = mergeCell(column, sides);
      if (merged === undefined) conflicts.push({ experimentId, column, ...sides });
      else draft.set(row, column, merged);
    }
  }
  return { draft, conflicts };
}

interface Sides {
  readonly ancestor: string;
  readonly ours: string;
  readonly theirs: string;
}

/** The merged text; `undefined` for a conflict. */
function mergeCell(column: Column, sides: Sides): string | undefined {
  const { ancestor, ours, theirs } = sides;
  if (theirs === ours || theirs === ancestor) return ours;
  if (ours === ancestor) return theirs;
  if (column === "metrics_json") return mergeMetricsCell(sides);
  if (column === "updated_at") return laterOf(ours, theirs);
  if (column === "status" && ours !== "" && theirs !== "") {
    return furtherStatus(ours as Status, theirs as Status);
  }
  return undefined;
}

/** Timestamps of one form sort as text. */
function laterOf(ours: string, theirs: string): string {
  return ours.localeCompare(theirs, "en") > 0 ? ours : theirs;
}

function mergeMetricsCell(sides: Sides): string | undefined {
  const ancestor = decodeMetrics(sides.ancestor);
  const merged = new Map(decodeMetrics(sides.ours));
  const key = (value: unknown) => JSON.stringify(value);
  for (const [name, theirs] of decodeMetrics(sides.theirs)) {
    const old = key(ancestor.get(name));
    const ours = key(merged.get(name));
    if (key(theirs) === ours || key(theirs) === old) continue;
    if (ours !== old) return undefined;
    merged.set(name, theirs);
  }
  return encodeMetrics(merged);
}

function furtherStatus(ours: Status, theirs: Status): string | undefined {
  const leads = (from: Status, to: Status) =>
    nextStatus(from, to, { by: "person", isRequeue: false }).kind === "move";
  if (leads(ours, theirs)) return theirs;
  return leads(theirs, ours) ? ours : undefined;
}
