/** What git writes at the start of a line of a conflicted file, followed by a space. */
const MARKER_AT_LINE_START = /(?<=[\n\r])(?=(?:<{7}|>{7}|\|{7}) )/g;

/**
 * The text as a log can hold it: without NUL bytes and unpaired surrogates, and with a space before what would
 * read as a git conflict marker. A log that holds one of them is refused on reading, so none is ever written.
 */
export function storableText(text: string): string {
  if (!/[\0\n\r\ud800-\udfff]/.test(text)) return text;
  return text
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(MARKER_AT_LINE_START, " ");
}
