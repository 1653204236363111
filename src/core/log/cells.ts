import type { RecordIndex } from "./index-records.ts";

const QUOTE = 0x22;
const NON_ASCII = /[\x80-\xff]/;

/** The bytes of a cell as they stand in the file, quotes included, one character a byte. */
export function rawCell(index: RecordIndex, record: number, field: number): string {
  const at = record * (index.width + 1) + field;
  return index.text.slice(index.bounds[at], (index.bounds[at + 1] as number) - 1);
}

/** Whether a cell holds no text: nothing, or an empty pair of quotes. */
export function isEmptyCell(index: RecordIndex, record: number, field: number): boolean {
  const at = record * (index.width + 1) + field;
  const start = index.bounds[at] as number;
  const length = (index.bounds[at + 1] as number) - 1 - start;
  return length === 0 || (length === 2 && index.text.charCodeAt(start) === QUOTE);
}

/** The text of a cell: unquoted, and decoded from UTF-8. */
export function decodeCell(index: RecordIndex, record: number, field: number): string {
  const at = record * (index.width + 1) + field;
  const start = index.bounds[at] as number;
  const end = (index.bounds[at + 1] as number) - 1;
  const isQuoted = start < end && index.text.charCodeAt(start) === QUOTE;
  let text = isQuoted ? index.text.slice(start + 1, end - 1) : index.text.slice(start, end);
  if (isQuoted && text.includes('"')) text = text.replaceAll('""', '"');
  return index.isAscii || !NON_ASCII.test(text)
    ? text
    : Buffer.from(text, "latin1").toString("utf8");
}

/** Where a cell begins in the file, in bytes. */
export function cellOffset(index: RecordIndex, record: number, field: number): number {
  return index.bounds[record * (index.width + 1) + field] as number;
}
