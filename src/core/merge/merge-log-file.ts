import { cellOffset } from "../log/cells.ts";
import { type DecodedLog, decodeLog } from "../log/decode.ts";
import type { LogDraft } from "../log/draft.ts";
import { encodeLog, encodeWithAllColumns } from "../log/encode.ts";
import type { RecordIndex } from "../log/index-records.ts";
import { type MergeConflict, mergeLogs } from "../log/merge.ts";

/** A file after a three-way merge. */
export interface MergedFile {
  /** With conflict markers around the records that are in conflict. */
  readonly bytes: Uint8Array;
  readonly conflicts: readonly MergeConflict[];
}

/** The three versions of a log. */
export interface LogVersions {
  readonly ancestor: DecodedLog;
  readonly ours: DecodedLog;
  readonly theirs: DecodedLog;
}

/**
 * Merges a log by experiment and cell. A record with a cell that both sides changed in different ways stands twice
 * between git's conflict markers: with our cells and with theirs, everything else of it merged. To resolve it, one
 * keeps one of the two records and removes the markers; until then every reader refuses the file.
 */
export function mergeLogFile(versions: LogVersions): MergedFile {
  const { ancestor, ours, theirs } = versions;
  const merged = mergeLogs(versions);
  const { conflicts } = merged;
  if (conflicts.length === 0) return { bytes: encodeLog(merged.draft), conflicts };
  // Of one header, so that either record fits it: theirs has a changed cell, which adds the columns that a log lacks.
  const bytes = encodeWithAllColumns(merged.draft);
  // Merged the other way round, a cell in conflict holds their text, and metrics every key that is not.
  const swapped = mergeLogs({ ancestor, ours: theirs, theirs: ours }).draft;
  const other = encodeLog(withTheirCells(mergeLogs(versions).draft, swapped, conflicts));
  return { bytes: markConflicts(bytes, other, conflicts), conflicts };
}

function withTheirCells(
  draft: LogDraft,
  theirs: LogDraft,
  conflicts: readonly MergeConflict[],
): LogDraft {
  for (const { experimentId, column } of conflicts) {
    const row = draft.rowOf(experimentId) as number;
    draft.set(row, column, theirs.cell(theirs.rowOf(experimentId) as number, column));
  }
  return draft;
}

/** Puts the records of both files that are in conflict between markers; the files have the same rows and columns. */
function markConflicts(
  ours: Uint8Array,
  theirs: Uint8Array,
  conflicts: readonly MergeConflict[],
): Uint8Array {
  const [ourLog, theirLog] = [decodeLog(ours, "ours"), decodeLog(theirs, "theirs")];
  const { lineEnd } = ourLog;
  const ids = [...new Set(conflicts.map(({ experimentId }) => experimentId))];
  const rows = ids.map((id) => ourLog.rowOf(id) as number).sort((a, b) => a - b);
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (const row of rows) {
    const [start, end] = recordBounds(ourLog, row);
    parts.push(
      ours.subarray(copied, start),
      Buffer.from(`<<<<<<< ours${lineEnd}`),
      ...closedRecord(ourLog, row),
      Buffer.from(`=======${lineEnd}`),
      ...closedRecord(theirLog, row),
      Buffer.from(`>>>>>>> theirs${lineEnd}`),
    );
    copied = end;
  }
  return Buffer.concat([...parts, ours.subarray(copied)]);
}

/** A record with a line end, also where it is the file's last and has none. */
function closedRecord(log: DecodedLog, row: number): readonly Uint8Array[] {
  const record = log.bytes.subarray(...recordBounds(log, row));
  return record.at(-1) === 0x0a ? [record] : [record, Buffer.from(log.lineEnd)];
}

/** Where a row's record begins and where the next one does, in bytes. */
function recordBounds({ index, bytes }: DecodedLog, row: number): readonly [number, number] {
  // A log with a row has an index; the row's record comes after the header's.
  const { count } = index as RecordIndex;
  const startOf = (record: number) =>
    record === count ? bytes.length : cellOffset(index as RecordIndex, record, 0);
  return [startOf(row + 1), startOf(row + 2)];
}
