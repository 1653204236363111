import { parseArgv } from "../session/parse-argv.ts";

/** A proposal's command line as arguments, or why it is not understood: the end of a sentence. */
export type SplitCommand =
  | { readonly kind: "argv"; readonly argv: readonly string[] }
  | { readonly kind: "invalid"; readonly reason: string };

/** What only a shell would give a meaning, outside quotes. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  [";", "a `;`"],
  ["|", "a `|`"],
  ["&", "a `&`"],
  ["<", "a `<`"],
  [">", "a `>`"],
  ["(", "a `(`"],
  [")", "a `)`"],
]);
/** What a shell reads inside double quotes too. */
const EXPANSIONS: ReadonlyMap<string, string> = new Map([
  ["`", "a backquote"],
  ["$", "a `$`"],
  ["\\", "a backslash"],
]);
/** What a shell reads only at the start of a word. */
const AT_WORD_START: ReadonlyMap<string, string> = new Map([
  ["~", "a `~` at the start of a word"],
  ["#", "a `#` at the start of a word"],
]);

/** Line breaks, control characters, and what those who approve a command cannot see or would see in another place. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Splits a proposal's command as a shell would, without one: at white space outside quotes. What a shell would do
 * more than that is refused rather than passed on with another meaning than its author gave it.
 */
export function splitCommand(text: string): SplitCommand {
  if (HIDDEN.test(text)) {
    return invalid("has a line break, a control character or an invisible character");
  }
  const found = findShellSyntax(text);
  if (found !== undefined) {
    return invalid(
      `has ${found}, and no shell reads it: put it in single quotes, or leave it out of the command`,
    );
  }
  return parseArgv(text);
}

function findShellSyntax(text: string): string | undefined {
  let quote: string | undefined;
  let isWordStart = true;
  for (const character of text) {
    const found = meaningOf(character, quote, isWordStart);
    if (found !== undefined) return found;
    if (quote === undefined && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = undefined;
    isWordStart = quote === undefined && /\s/.test(character);
  }
  return undefined;
}

function meaningOf(
  character: string,
  quote: string | undefined,
  isWordStart: boolean,
): string | undefined {
  if (quote === "'") return undefined;
  const expansion = EXPANSIONS.get(character);
  if (expansion !== undefined || quote === '"') return expansion;
  return OPERATORS.get(character) ?? (isWordStart ? AT_WORD_START.get(character) : undefined);
}

function invalid(reason: string): SplitCommand {
  return { kind: "invalid", reason };
}
