/** Bytes of an argument: 4 KiB. Longer text stands on the lines below. */
const LONGEST_ARGUMENT = 4096;
/** Bytes of all texts of one command: 16 KiB. */
const LONGEST_TEXT = 16_384;

/** What is wrong with an argument's length; `undefined` when nothing is. */
export function problemOfArgument(text: string): string | undefined {
  if (Buffer.byteLength(text) <= LONGEST_ARGUMENT) return undefined;
  return "An argument is at most 4 KiB long.";
}

/** What is wrong with the length of a command's texts together; `undefined` when nothing is. */
export function problemOfTexts(texts: readonly string[]): string | undefined {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes <= LONGEST_TEXT) return undefined;
  return "The text of a command is at most 16 KiB long; put longer text in a file, and name the file.";
}
