import { countCharacters } from "../log/position.ts";

/** A comment as its lines. */
export interface SourceText {
  /** Without a BOM, lines ended by `\n`. */
  readonly body: string;
  readonly lines: readonly string[];
}

/** A line, or what is left of one, and where it stood. */
export interface SourceLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A part of a text, in UTF-16 units; the end is not part of it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Splits a comment into lines, however they end. */
export function splitSource(written: string): SourceText {
  const body = written.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  return { body, lines: body.split("\n") };
}

/** The column, in characters from 1, of a UTF-16 index in a line. */
export function columnOf(line: string, index: number): number {
  return countCharacters(line.slice(0, index)) + 1;
}

/** A text without some of its parts, which are in order. */
export function cutRanges(text: string, ranges: readonly Range[]): string {
  return replaceRanges(text, ranges, () => "");
}

/** A text with spaces instead of some of its parts, which are in order; the rest keeps its place. */
export function blankRanges(text: string, ranges: readonly Range[]): string {
  return replaceRanges(text, ranges, (part) => part.replace(/[^\n]/g, " "));
}

function replaceRanges(
  text: string,
  ranges: readonly Range[],
  replace: (part: string) => string,
): string {
  let result = "";
  let from = 0;
  for (const { start, end } of ranges) {
    result += text.slice(from, start) + replace(text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
}
