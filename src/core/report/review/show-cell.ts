import { isDrawnAlike, LOOKS_THE_SAME } from "../../text/drawn-alike.ts";
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
