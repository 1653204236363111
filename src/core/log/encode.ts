import { stringify } from "csv-stringify/sync";
import { rawCell } from "./cells.ts";
import { COLUMNS } from "./columns.ts";
import { isChanged, type LogDraft } from "./draft.ts";
import type { RecordIndex } from "./index-records.ts";

const SPECIAL = /[",\r\n]/;

/**
 * The bytes of an edited log. Records that did not change are copied byte for byte; in a changed record
 * only the changed cells are written anew; new rows come last. Without a change the same bytes come back.
 */
export function encodeLog(draft: LogDraft): Uint8Array {
  if (!isChanged(draft)) return draft.base.bytes;
  const { index } = draft.base;
  if (index === undefined) return encodeNewLog(draft);
  const missing = COLUMNS.filter((column) => !draft.base.header.includes(column));
  const chunks =
    missing.length === 0 ? patchRecords(draft, index) : widenRecords(draft, index, missing);
  if (draft.added.length > 0) {
    const header = [...draft.base.header, ...missing];
    chunks.push(finalLineEnd(draft, index), Buffer.from(encodeRows(draft, header), "utf8"));
  }
  return Buffer.concat(chunks);
}

/** The bytes of a log without rows. */
export function encodeEmptyLog(): Uint8Array {
  return Buffer.from(encodeRecords([COLUMNS], "\n"), "utf8");
}

/** Behind a byte order mark, where the empty file had one. */
function encodeNewLog(draft: LogDraft): Uint8Array {
  const rows = Buffer.from(encodeRows(draft, COLUMNS), "utf8");
  return Buffer.concat([draft.base.bytes, encodeEmptyLog(), rows]);
}

function encodeRows(draft: LogDraft, header: readonly string[]): string {
  const rows = draft.added.map((texts) =>
    header.map((column) => encodeCell(texts.get(column) ?? "")).join(","),
  );
  return rows.map((row) => row + draft.base.lineEnd).join("");
}

/** `quoted_match`: csv-stringify leaves a lone LF unquoted in a CRLF file (node-csv issue 467). */
function encodeRecords(records: readonly (readonly string[])[], lineEnd: string): string {
  return stringify(records as string[][], { record_delimiter: lineEnd, quoted_match: /[\r\n]/ });
}

/** One cell as csv-stringify writes it, without calling it for plain text. */
export function encodeCell(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return encodeRecords([[text]], "\n").slice(0, -1);
}

/** Runs of unchanged records are copied whole; changed ones are spliced cell by cell. */
function patchRecords(draft: LogDraft, index: RecordIndex): Uint8Array[] {
  const { bytes } = draft.base;
  const chunks: Uint8Array[] = [];
  let copied = 0;
  const changed = [...draft.patches.keys()].sort((a, b) => a - b);
  for (const row of changed) {
    const [start, end] = recordBounds(index, row + 1);
    chunks.push(bytes.subarray(copied, start), patchedRecord(draft, index, row));
    copied = end;
  }
  chunks.push(bytes.subarray(copied));
  return chunks;
}

/** Adds canonical columns an older log lacks: every record gets the missing cells at its end. */
function widenRecords(
  draft: LogDraft,
  index: RecordIndex,
  missing: readonly string[],
): Uint8Array[] {
  const { bytes } = draft.base;
  const chunks: Uint8Array[] = [bytes.subarray(0, index.bounds[0])];
  for (let record = 0; record < index.count; record += 1) {
    const [, end] = recordBounds(index, record);
    const texts = record === 0 ? undefined : draft.patches.get(record - 1);
    const cells = missing.map((column) =>
      record === 0 ? column : encodeCell(texts?.get(column) ?? ""),
    );
    const next = record + 1 < index.count ? recordBounds(index, record + 1)[0] : bytes.length;
    chunks.push(
      patchedRecord(draft, index, record - 1),
      Buffer.from(`,${cells.join(",")}`, "utf8"),
      bytes.subarray(end, next),
    );
  }
  return chunks;
}

function patchedRecord(draft: LogDraft, index: RecordIndex, row: number): Uint8Array {
  const texts = draft.patches.get(row);
  const [start, end] = recordBounds(index, row + 1);
  if (texts === undefined) return draft.base.bytes.subarray(start, end);
  const cells = draft.base.header.map((column, field) => {
    const text = texts.get(column);
    return text === undefined
      ? rawCell(index, row + 1, field)
      : Buffer.from(encodeCell(text), "utf8").toString("latin1");
  });
  return Buffer.from(cells.join(","), "latin1");
}

/** Start and end of a record without its line end, in bytes. */
function recordBounds(index: RecordIndex, record: number): readonly [number, number] {
  const at = record * (index.width + 1);
  return [index.bounds[at] ?? 0, (index.bounds[at + index.width] ?? 1) - 1];
}

function finalLineEnd(draft: LogDraft, index: RecordIndex): Uint8Array {
  const [, end] = recordBounds(index, index.count - 1);
  return end < draft.base.bytes.length ? new Uint8Array() : Buffer.from(draft.base.lineEnd);
}
