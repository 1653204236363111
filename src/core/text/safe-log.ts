import { escapeInvisible } from "./invisible.ts";

/**
 * Text that the runner cannot take for a command. It obeys `::name::` at the start of a line, after
 * white space, and `##[name]` anywhere in one:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */

/** How much of a value a message shows. */
const SHOWN = 200;

const PLAIN = /^[ !$-[\]-~]*$/;

/**
 * A value from outside as a JSON string of visible characters without `#`, so that it can stand in
 * any message. Longer than `limit` UTF-16 units: cut, with `…` after the closing quote.
 */
export function quoteUntrusted(value: string, limit: number = SHOWN): string {
  if (value.length > limit) return `${quoteUntrusted(value.slice(0, limit), limit)}…`;
  if (PLAIN.test(value)) return `"${value}"`;
  return escapeInvisible(JSON.stringify(value)).replaceAll("#", "\\u0023");
}

/** One line that the runner prints and never obeys; line breaks and invisible characters become `\u` escapes. */
export function safeLine(text: string): string {
  // .NET's culture-sensitive search skips such characters, so `#<zero width>#[` could still be a command.
  const visible = escapeInvisible(text);
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
