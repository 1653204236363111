/**
 * What is drawn as nothing, or as a space that is none: control, format and private characters, separators but for
 * the plain space, ignorable ones. The class of `safeLine`.
 */
const HIDDEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const LINE_BREAK = /\r\n|\n|\r/g;
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * A cell's text on one line with nothing hidden in it, since a review shows what differs: a line break is `↵`, a
 * space that could be overlooked `␣`, an invisible character its `\u` escape. It is still outside text.
 */
export function showCell(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/ +/g, (run, at: number) => {
      const isPlain = run.length === 1 && at > 0 && at + 1 < text.length;
      return isPlain ? run : "␣".repeat(run.length);
    })
    .replace(LINE_BREAK, "↵")
    .replace(HIDDEN, escapeUnlessSpace);
}

/** Two versions of a cell that look different; where they would not, the later one says so. */
export function showCells(before: string, after: string): readonly [string, string] {
  const [old, young] = [showCell(before), showCell(after)];
  return [old, old === young ? `${young} (looks the same, is not)` : young];
}

function escapeUnlessSpace(character: string): string {
  if (character === " ") return character;
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
