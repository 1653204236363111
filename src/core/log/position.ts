/** A place in a text file as people count: line and column from 1, column in characters. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/**
 * Turns a byte offset into a place.
 *
 * @param text the file, one character a byte
 * @param offset bytes from the start of the file
 */
export function lineColumnAt(text: string, offset: number): LineColumn {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const end = text.indexOf("\n", lineStart);
    if (end < 0 || end >= offset) break;
    line += 1;
    lineStart = end + 1;
  }
  const before = Buffer.from(text.slice(lineStart, offset), "latin1").toString("utf8");
  return { line, column: countCharacters(before.replace(/^\uFEFF/, "")) + 1 };
}

/** Code points, counted without an array of them: a line may be as long as the largest log. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (const _pair of text.matchAll(/[\ud800-\udbff](?=[\udc00-\udfff])/g)) count -= 1;
  return count;
}
