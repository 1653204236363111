import parseArgsStringToArgv from "string-argv";

/** A command line as arguments, or why it cannot be split. */
export type Argv =
  | { readonly kind: "argv"; readonly argv: readonly string[] }
  | { readonly kind: "invalid"; readonly reason: string };

const LONGEST = 4096;

/**
 * Splits a command line at white space outside quotes. Nothing else has a meaning: no variables, no
 * escapes, no pipes, since no shell ever sees it.
 */
export function parseArgv(text: string): Argv {
  if (text.trim() === "") return { kind: "invalid", reason: "is empty" };
  if (text.length > LONGEST)
    return { kind: "invalid", reason: `is longer than ${LONGEST} characters` };
  if (text.includes("\0")) return { kind: "invalid", reason: "contains a NUL character" };
  const open = openQuoteOf(text);
  if (open !== undefined) return { kind: "invalid", reason: `has a ${open} that is never closed` };
  const argv = parseArgsStringToArgv(text);
  return argv[0] === "" ? { kind: "invalid", reason: "names no program" } : { kind: "argv", argv };
}

/** The library takes the end of the text for the closing quote; a forgotten quote should be said. */
function openQuoteOf(text: string): string | undefined {
  let open: string | undefined;
  for (const character of text) {
    if (open === undefined && (character === '"' || character === "'")) open = character;
    else if (character === open) open = undefined;
  }
  return open;
}
