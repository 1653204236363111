/**
 * Text that the runner cannot take for a command. It obeys `::name::` at the start of a line, after
 * white space, and `##[name]` anywhere in one:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */

/** How much of a value a message shows. */
const SHOWN = 200;

// Control, format, unassigned, private and lone surrogate code points (C), separators (Z) but for
// the plain space, and everything that is drawn as nothing: .NET's culture-sensitive search skips
// such characters, so `#<zero width>#[` could still be a command, and a reader cannot see them.
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
const INVISIBLE_OR_HASH = /[#\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const INVISIBLE_ALL = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;
const PLAIN = /^[ !$-[\]-~]*$/;

/**
 * A value from outside as a JSON string of visible characters without `#`, so that it can stand in
 * any message. Longer than `limit` UTF-16 units: cut, with `…` after the closing quote.
 */
export function quoteUntrusted(value: string, limit: number = SHOWN): string {
  if (value.length > limit) return `${quoteUntrusted(value.slice(0, limit), limit)}…`;
  if (PLAIN.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(INVISIBLE_OR_HASH, escapeUnlessSpace);
}

/** One line that the runner prints and never obeys; line breaks and invisible characters become `\u` escapes. */
export function safeLine(text: string): string {
  const visible = INVISIBLE.test(text) ? text.replace(INVISIBLE_ALL, escapeUnlessSpace) : text;
  const inert = visible.includes("##[") ? visible.replaceAll("##[", "#\\u0023[") : visible;
  const start = inert.length - inert.trimStart().length;
  if (!inert.startsWith("::", start)) return inert;
  return `${inert.slice(0, start)}\\u003a${inert.slice(start + 1)}`;
}

/** Text of several lines, each of them made safe by `safeLine`; the line breaks stay. */
export function safeLines(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(safeLine)
    .join("\n");
}

function escapeUnlessSpace(character: string): string {
  if (character === " ") return character;
  let escaped = "";
  for (let at = 0; at < character.length; at += 1) {
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
