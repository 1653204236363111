import { parseInstant, parseUtcSecondsAt } from "../text/time.ts";
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

/** Text that stands in a file as it is: ASCII without what CSV would quote. */
const PLAIN = /^[ !#-+\--~]*$/;

/** Whether a cell holds exactly that text; compared in place where the text is plain. */
export function holdsText(
  cell: { readonly index: RecordIndex; readonly record: number; readonly field: number },
  text: string,
): boolean {
  const { index, record, field } = cell;
  const start = cellOffset(index, record, field);
  const length = cellOffset(index, record, field + 1) - 1 - start;
  if (length === text.length && PLAIN.test(text) && index.text.startsWith(text, start)) return true;
  const isQuoted = length > 0 && index.text.charCodeAt(start) === QUOTE;
  return (isQuoted || !PLAIN.test(text)) && decodeCell(index, record, field) === text;
}

/** Of `2026-11-23T09:30:00Z`, the form the program itself writes. */
const UTC_SECONDS_LENGTH = 20;

/** The instant a cell names, in seconds since 1970; `undefined` where it names none. */
export function decodeInstant(
  index: RecordIndex,
  record: number,
  field: number,
): number | undefined {
  const start = cellOffset(index, record, field);
  const isPlain = cellOffset(index, record, field + 1) - 1 - start === UTC_SECONDS_LENGTH;
  const instant = isPlain ? parseUtcSecondsAt(index.text, start) : undefined;
  return instant ?? parseInstant(decodeCell(index, record, field));
}

/** Where a cell begins in the file, in bytes. */
export function cellOffset(index: RecordIndex, record: number, field: number): number {
  return index.bounds[record * (index.width + 1) + field] as number;
}
