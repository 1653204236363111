/** Stands behind a text that is another one and is drawn as the one before it. */
export const LOOKS_THE_SAME = "(looks the same, is not)";

/** Whether two texts are drawn alike: a letter with its mark may be one character or two. */
export function isDrawnAlike(one: string, other: string): boolean {
  return one.normalize("NFC") === other.normalize("NFC");
}
