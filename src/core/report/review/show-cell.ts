import { escapeInvisible } from "../../text/invisible.ts";

const LINE_BREAK = /\r\n|\n|\r/g;
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A cell's text on one line with nothing hidden in it, since a review shows what differs: a line break is `↵`, a
 * space that could be overlooked `␣`, an invisible character its `\u` escape. It is still outside text.
 */
export function showCell(text: string): string {
  if (PLAIN.test(text)) return text;
  const shown = text
    .replace(/ +/g, (run, at: number) => {
      const isPlain = run.length === 1 && at > 0 && at + 1 < text.length;
      return isPlain ? run : "␣".repeat(run.length);
    })
    .replace(LINE_BREAK, "↵");
  return escapeInvisible(shown);
}

/** Two versions of a cell that look different; where they would not, the later one says so. */
export function showCells(before: string, after: string): readonly [string, string] {
  const [old, young] = [showCell(before), showCell(after)];
  return [old, isDrawnAlike(old, young) ? `${young} ${LOOKS_THE_SAME}` : young];
}

/** Stands behind a text that is another one and is drawn as the one before it. */
export const LOOKS_THE_SAME = "(looks the same, is not)";

/** Whether two texts are drawn alike: a letter with its mark may be one character or two. */
export function isDrawnAlike(one: string, other: string): boolean {
  return one.normalize("NFC") === other.normalize("NFC");
}
