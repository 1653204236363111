import { cellOffset } from "../log/cells.ts";
import type { RecordIndex } from "../log/index-records.ts";
import { countCharacters } from "../log/position.ts";
import type { Place } from "./rules.ts";

/** Where the rows and cells of a file stand, as people count: lines and columns from 1, columns in characters. */
export interface Places {
  /** The lines of a row's record. */
  ofRow(row: number): Place;
  /** The lines of a cell, and the column where it begins; the whole row's where the column is not there. */
  ofCell(row: number, column: string): Place;
  /** The lines of the header. */
  ofHeader(): Place;
  /** The line where a row in front of this one would stand; behind the last one the file's last line. */
  ofGap(row: number): Place;
}

/**
 * Finds places in a file whose lines are counted once, however many places are asked for.
 *
 * @param file its path, its records (`undefined` for an empty file) and the names of its columns
 */
export function createPlaces(file: {
  readonly path: string;
  readonly index: RecordIndex | undefined;
  readonly header: readonly string[];
}): Places {
  const { path, index, header } = file;
  if (index === undefined) return createPlacesOfNothing({ path, line: 1 });
  const fields = new Map(header.map((column, field) => [column, field]));
  const lineAt = createLineFinder(index.text);
  const ofSpan = (start: number, end: number) => ({
    path,
    line: lineAt(start).line,
    endLine: lineAt(end).line,
  });
  const ofRecord = (record: number) =>
    ofSpan(cellOffset(index, record, 0), cellOffset(index, record, index.width) - 1);
  return {
    ofRow: (row) => ofRecord(row + 1),
    ofHeader: () => ofRecord(0),
    ofGap: (row) => {
      const isLast = row + 1 >= index.count;
      return { path, line: isLast ? ofRecord(index.count - 1).endLine : ofRecord(row + 1).line };
    },
    ofCell: (row, column) => {
      const field = fields.get(column);
      if (field === undefined) return ofRecord(row + 1);
      const start = cellOffset(index, row + 1, field);
      const end = cellOffset(index, row + 1, field + 1) - 1;
      const before = index.text.slice(lineAt(start).start, start);
      return { ...ofSpan(start, end), column: countBytesAsCharacters(before) + 1 };
    },
  };
}

function createPlacesOfNothing(place: Place): Places {
  const ofAny = () => place;
  return { ofRow: ofAny, ofCell: ofAny, ofHeader: ofAny, ofGap: ofAny };
}

/** A line and the offset where it begins. */
interface Line {
  readonly line: number;
  readonly start: number;
}

/** Finds the line an offset stands in; the lines are counted when the first is asked for. */
function createLineFinder(text: string): (offset: number) => Line {
  let starts: Uint32Array | undefined;
  return (offset) => {
    starts ??= findLineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, start: starts[low] as number };
  };
}

/** A file of line breaks alone may be as large as the largest log: four bytes a line. */
function findLineStarts(text: string): Uint32Array {
  const count = countLineBreaks(text);
  const starts = new Uint32Array(count + 1);
  for (let line = 1; line <= count; line += 1) {
    starts[line] = text.indexOf("\n", starts[line - 1]) + 1;
  }
  return starts;
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function countBytesAsCharacters(latin1: string): number {
  const text = Buffer.from(latin1, "latin1").toString("utf8");
  return countCharacters(text.replace(/^\uFEFF/, ""));
}
