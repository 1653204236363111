import type { Paragraph } from "mdast";
import { paragraph } from "../markdown.ts";

/** The sentence that counts what a list leaves out; nothing where it is whole. */
export function renderRest(total: number, shown: number, noun: string): readonly Paragraph[] {
  const rest = total - shown;
  if (rest === 0) return [];
  const nouns = rest === 1 ? noun : `${noun}s`;
  return [paragraph(`${rest}${shown > 0 ? " more" : ""} ${nouns} left out to fit.`)];
}
