/** A string, or one of the three words Python's json writes for numbers JSON does not have. */
const STRING_OR_WORD = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?Infinity\b|NaN\b/g;

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
    if (!(error instanceof SyntaxError) || !/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(replaceWords(text));
  }
}

function replaceWords(text: string): string {
  return text.replace(STRING_OR_WORD, (found) => {
    if (found.startsWith('"')) return found;
    return found.startsWith("-") ? `-${NOT_FINITE}` : NOT_FINITE;
  });
}
