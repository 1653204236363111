/**
 * Control, format, unassigned, private and lone surrogate code points (C), separators (Z) but for the plain space, and
 * everything that is drawn as nothing: a reader cannot see them.
 */
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** Invisible characters, and spaces that are none, as their `\u` escapes. The plain space stays. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, escapeUnlessSpace);
}

function escapeUnlessSpace(character: string): string {
  if (character === " ") return character;
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
