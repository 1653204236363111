import { cellOffset, decodeCell, rawCell } from "./cells.ts";
import type { DecodedLog } from "./decode.ts";
import type { RecordIndex } from "./index-records.ts";

/** One cell that differs. */
export interface CellChange {
  readonly column: string;
  /** Empty where the row or the column was not there. */
  readonly before: string;
  readonly after: string;
}

/** A row that differs. */
export interface RowChange {
  readonly experimentId: string;
  /** Row in the head's log; of a removed row in the base's. */
  readonly row: number;
  /** In the order of the columns; of an added or removed row every cell with text. */
  readonly cells: readonly CellChange[];
}

/** What differs between two versions of a log, by experiment id and cell. */
export interface LogDiff {
  /** In the order of the head. */
  readonly added: readonly RowChange[];
  readonly changed: readonly RowChange[];
  /** In the order of the base. */
  readonly removed: readonly RowChange[];
  /** Rows whose cells are the same and whose bytes are not: quoting, line ends. Row in the head. */
  readonly rewritten: readonly { readonly experimentId: string; readonly row: number }[];
  /** The header's bytes are others and the columns are the same: quoting, byte order mark. */
  readonly isHeaderRewritten: boolean;
  /** Rows both have stand in another order. */
  readonly isReordered: boolean;
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
}

/**
 * Compares two logs by experiment id and cell; a row whose bytes are the same is not decoded. Whether the file ends
 * with a line end is no difference, and an empty file has no columns that could be added or removed.
 */
export function diffLogs(base: DecodedLog, head: DecodedLog): LogDiff {
  const { differing, added, removed, isReordered } = pairRows(base, head);
  const changed: RowChange[] = [];
  const rewritten: LogDiff["rewritten"][number][] = [];
  const columns = pairColumns(base.header, head.header);
  for (const { before, after } of differing) {
    const { cells, isRewritten } = compareRecords({ columns, before, after });
    const row = after.record - 1;
    const experimentId = head.cell(row, "experiment_id");
    if (cells.length > 0) changed.push({ experimentId, row, cells });
    else if (isRewritten) rewritten.push({ experimentId, row });
  }
  return {
    added: added.map((row) => describeRow(head, row, (text) => ({ before: "", after: text }))),
    changed,
    removed: removed.map((row) => describeRow(base, row, (text) => ({ before: text, after: "" }))),
    rewritten,
    isHeaderRewritten: isHeaderRewritten(base, head, columns),
    isReordered,
    columnsAdded: columnsWithout(head, base),
    columnsRemoved: columnsWithout(base, head),
  };
}

/** A record of a file, the header being record 0. */
interface LogRecord {
  readonly index: RecordIndex;
  readonly bytes: Buffer;
  readonly record: number;
}

interface Pairs {
  /** The same experiment on both sides, with other bytes. */
  readonly differing: readonly { readonly before: LogRecord; readonly after: LogRecord }[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly isReordered: boolean;
}

/** Most rows are the same as the one after the last pair, which their bytes tell without decoding an id. */
function pairRows(base: DecodedLog, head: DecodedLog): Pairs {
  const [recordBefore, recordAfter] = [recordsOf(base), recordsOf(head)];
  const isSameHeader = base.header.join("\0") === head.header.join("\0");
  const isSame = (baseRow: number, headRow: number) =>
    isSameHeader && isSameRecord(recordBefore(baseRow), recordAfter(headRow));
  const isPaired = new Uint8Array(base.rowCount);
  const differing: Pairs["differing"][number][] = [];
  const added: number[] = [];
  let isReordered = false;
  let last = -1;
  for (let row = 0; row < head.rowCount; row += 1) {
    const isNext = last + 1 < base.rowCount && isSame(last + 1, row);
    const baseRow = isNext ? last + 1 : base.rowOf(head.cell(row, "experiment_id"));
    if (baseRow === undefined) {
      added.push(row);
      continue;
    }
    if (!isNext && !isSame(baseRow, row)) {
      differing.push({ before: recordBefore(baseRow), after: recordAfter(row) });
    }
    isReordered ||= baseRow < last;
    isPaired[baseRow] = 1;
    last = baseRow;
  }
  const removed = Array.from(isPaired.keys()).filter((row) => isPaired[row] === 0);
  return { differing, added, removed, isReordered };
}

/** Finds records by row; only a log with rows is asked for one, and it has an index. */
function recordsOf({ index, bytes }: DecodedLog): (row: number) => LogRecord {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (row) => ({ index: index as RecordIndex, bytes: buffer, record: row + 1 });
}

function isSameRecord(before: LogRecord, after: LogRecord): boolean {
  const [oldStart, oldEnd] = boundsOf(before);
  const [newStart, newEnd] = boundsOf(after);
  return (
    oldEnd - oldStart === newEnd - newStart &&
    isSameLineEnd(before, after) &&
    before.bytes.compare(after.bytes, newStart, newEnd, oldStart, oldEnd) === 0
  );
}

/** Start and end of a record in the file, without its line end. */
function boundsOf({ index, record }: LogRecord): readonly [number, number] {
  return [cellOffset(index, record, 0), cellOffset(index, record, index.width) - 1];
}

/** The last record of a file may have no line end; it gets one when another follows. */
function isSameLineEnd(before: LogRecord, after: LogRecord): boolean {
  const one = before.index.text[boundsOf(before)[1]];
  const other = after.index.text[boundsOf(after)[1]];
  return one === undefined || other === undefined || one === other;
}

interface ColumnPair {
  readonly column: string;
  /** Field in the base and in the head; `undefined` where the column is not there. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** The columns of the head, then those that only the base has. */
function pairColumns(base: readonly string[], head: readonly string[]): readonly ColumnPair[] {
  const fieldIn = (header: readonly string[]) => {
    const fields = new Map(header.map((column, field) => [column, field]));
    return (column: string) => fields.get(column);
  };
  const [before, after] = [fieldIn(base), fieldIn(head)];
  const columns = [...new Set([...head, ...base])];
  return columns.map((column) => ({ column, before: before(column), after: after(column) }));
}

/** Of the columns that both have; an empty file has no header. */
function isHeaderRewritten(
  base: DecodedLog,
  head: DecodedLog,
  columns: readonly ColumnPair[],
): boolean {
  const [before, after] = [base.index, head.index];
  if (before === undefined || after === undefined) return false;
  if (cellOffset(before, 0, 0) !== cellOffset(after, 0, 0)) return true;
  return columns.some(
    ({ before: old, after: now }) =>
      old !== undefined && now !== undefined && rawCell(before, 0, old) !== rawCell(after, 0, now),
  );
}

function compareRecords(pair: {
  readonly columns: readonly ColumnPair[];
  readonly before: LogRecord;
  readonly after: LogRecord;
}): { readonly cells: readonly CellChange[]; readonly isRewritten: boolean } {
  const { columns, before, after } = pair;
  const cells: CellChange[] = [];
  let isRewritten = !isSameLineEnd(before, after);
  for (const { column, before: old, after: now } of columns) {
    if (old !== undefined && now !== undefined && isSameBytes(before, after, { old, now }))
      continue;
    const change = { column, before: textOf(before, old), after: textOf(after, now) };
    if (change.before !== change.after) cells.push(change);
    else isRewritten ||= old !== undefined && now !== undefined;
  }
  return { cells, isRewritten };
}

function isSameBytes(
  before: LogRecord,
  after: LogRecord,
  fields: { readonly old: number; readonly now: number },
): boolean {
  const old = rawCell(before.index, before.record, fields.old);
  return old === rawCell(after.index, after.record, fields.now);
}

function textOf({ index, record }: LogRecord, field: number | undefined): string {
  return field === undefined ? "" : decodeCell(index, record, field);
}

function describeRow(
  log: DecodedLog,
  row: number,
  sides: (text: string) => Omit<CellChange, "column">,
): RowChange {
  const columns = log.header.filter((column) => !log.isEmpty(row, column));
  const cells = columns.map((column) => ({ column, ...sides(log.cell(row, column)) }));
  return { experimentId: log.cell(row, "experiment_id"), row, cells };
}

function columnsWithout(one: DecodedLog, other: DecodedLog): readonly string[] {
  const known = new Set(other.header);
  return known.size === 0 ? [] : one.header.filter((column) => !known.has(column));
}
