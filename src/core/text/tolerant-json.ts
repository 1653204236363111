/** A string, or one of the three words Python's json writes for numbers JSON does not have. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(?<![\w.+-])(?:-?Infinity|NaN)\b/g;

/** Overflows to Infinity when read, so that "there was a number and it was not finite" stays visible. */
const NOT_FINITE = "1e999";

/**
 * Reads JSON in which bare `NaN`, `Infinity` and `-Infinity` are accepted; each becomes a number that is
 * not finite. Strings that hold these words stay as they are.
 *
 * @throws {SyntaxError} when the text is not JSON even so
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(
      replaceWords(text, (word) => (word.startsWith("-") ? `-${NOT_FINITE}` : NOT_FINITE)),
    );
  }
}

/** Replaces bare `NaN`, `Infinity` and `-Infinity` outside strings. */
export function replaceWords(text: string, replacement: (word: string) => string): string {
  return text.replace(STRING_OR_WORD, (found) =>
    found.startsWith('"') ? found : replacement(found),
  );
}

/** Whether lists and objects lie in one another more than that many levels deep. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
