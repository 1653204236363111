import { stringify } from "csv-stringify/sync";
import { cellOffset } from "./cells.ts";
import { COLUMNS } from "./columns.ts";
import { isChanged, type LogDraft } from "./draft.ts";
import type { RecordIndex } from "./index-records.ts";

const SPECIAL = /[",\r\n]/;
/** At the start of a line it would read as a git conflict marker; in quotes it does not. */
const MARKER = /^(?:<{7}|>{7}|\|{7}) /;
const PLAIN = /^[\0-\x7f]*$/;

/**
 * The bytes of an edited log. Records that did not change are copied byte for byte; in a changed record
 * only the changed cells are written anew; new rows come last. Without a change the same bytes come back.
 */
export function encodeLog(draft: LogDraft): Uint8Array {
  return isChanged(draft) ? encodeWithAllColumns(draft) : draft.base.bytes;
}

/** The same, with every column that an edit of the log adds, also where nothing of it changed. */
export function encodeWithAllColumns(draft: LogDraft): Uint8Array {
  const { index, bytes, header } = draft.base;
  if (index === undefined) return encodeNewLog(draft);
  const missing = fullHeader(draft).filter((column) => !header.includes(column));
  const splices =
    missing.length === 0 ? spliceCells(draft, index) : widenRecords(draft, index, missing);
  if (draft.added.length > 0) {
    const rows = encodeRows(draft, [...header, ...missing]);
    const text = toLatin1(finalLineEnd(draft, index) + rows);
    splices.push({ start: bytes.length, end: bytes.length, text });
  }
  return applySplices(bytes, splices);
}

/** A stretch of the file and what stands there instead, one character a byte. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Copies everything between the splices, which do not overlap and stand in file order. */
function applySplices(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const grown = splices.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const target = Buffer.allocUnsafe(bytes.length + grown);
  let read = 0;
  let written = 0;
  for (const { start, end, text } of splices) {
    written += source.copy(target, written, read, start);
    written += target.write(text, written, "latin1");
    read = end;
  }
  source.copy(target, written, read);
  return target;
}

/** The bytes of a log without rows. */
export function encodeEmptyLog(): Uint8Array {
  return Buffer.from(encodeRecords([COLUMNS], "\n"), "utf8");
}

/** Behind a byte order mark, where the empty file had one. */
function encodeNewLog(draft: LogDraft): Uint8Array {
  const header = fullHeader(draft);
  const text = encodeRecords([header], draft.base.lineEnd) + encodeRows(draft, header);
  return Buffer.concat([draft.base.bytes, Buffer.from(text, "utf8")]);
}

/** The canonical columns, then those that only the draft has. */
function fullHeader(draft: LogDraft): readonly string[] {
  return [...new Set([...COLUMNS, ...draft.header])];
}

function encodeRows(draft: LogDraft, header: readonly string[]): string {
  const rows = draft.added.map((texts) =>
    header.map((column) => encodeCell(texts.get(column) ?? "")).join(","),
  );
  return rows.map((row) => row + draft.base.lineEnd).join("");
}

/** `quoted_match`: csv-stringify leaves a lone LF unquoted in a CRLF file (node-csv issue 467). */
function encodeRecords(records: readonly (readonly string[])[], lineEnd: string): string {
  return stringify(records as string[][], {
    record_delimiter: lineEnd,
    quoted_match: [/[\r\n]/, MARKER],
  });
}

/** One cell as csv-stringify writes it, without calling it for plain text. */
export function encodeCell(text: string): string {
  if (!SPECIAL.test(text) && !MARKER.test(text)) return text;
  return encodeRecords([[text]], "\n").slice(0, -1);
}

/** The changed cells of rows that were read. */
function spliceCells(draft: LogDraft, index: RecordIndex): Splice[] {
  const rows = [...draft.patches.keys()].sort((a, b) => a - b);
  return rows.flatMap((row) => spliceRow(draft, index, row));
}

function spliceRow(draft: LogDraft, index: RecordIndex, row: number): Splice[] {
  const texts = draft.patches.get(row);
  if (texts === undefined) return [];
  return draft.base.header.flatMap((column, field) => {
    const text = texts.get(column);
    if (text === undefined) return [];
    const start = cellOffset(index, row + 1, field);
    const end = cellOffset(index, row + 1, field + 1) - 1;
    return [{ start, end, text: toLatin1(encodeCell(text)) }];
  });
}

/** Adds columns the log lacks: every record gets the missing cells at its end. */
function widenRecords(draft: LogDraft, index: RecordIndex, missing: readonly string[]): Splice[] {
  return Array.from({ length: index.count }, (_, record) => {
    const texts = draft.patches.get(record - 1);
    const cells = missing.map((column) =>
      encodeCell(record === 0 ? column : (texts?.get(column) ?? "")),
    );
    const end = recordEnd(index, record);
    const added = { start: end, end, text: toLatin1(`,${cells.join(",")}`) };
    return [...spliceRow(draft, index, record - 1), added];
  }).flat();
}

/** Where a record ends without its line end, in bytes. */
function recordEnd(index: RecordIndex, record: number): number {
  return cellOffset(index, record, index.width) - 1;
}

function finalLineEnd(draft: LogDraft, index: RecordIndex): string {
  return recordEnd(index, index.count - 1) < draft.base.bytes.length ? "" : draft.base.lineEnd;
}

function toLatin1(text: string): string {
  return PLAIN.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}
