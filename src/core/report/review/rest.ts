import type { Paragraph } from "mdast";
import { paragraph } from "../markdown.ts";

/** The sentence that counts what a list leaves out; nothing where it is whole. */
export function renderRest(total: number, shown: number, noun: string): readonly Paragraph[] {
  const rest = total - shown;
  if (rest === 0) return [];
  return [paragraph(`${rest}${shown > 0 ? " more" : ""} ${noun} left out to fit.`)];
}
