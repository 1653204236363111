import type { SourceLine } from "./source-text.ts";

/** Why a comment is not read as markdown: the line where it becomes too much, and a sentence. */
export interface Excess {
  readonly kind: "excess";
  readonly line: number;
  readonly sentence: string;
}

/**
 * What the markdown parser needs more than linear time for, and how much of it is read: a second's worth or less.
 * Nobody writes so much of it by hand, and pasted output can go into a file.
 */
const LIMITS = [
  { most: 3000, what: "lines", count: () => 1 },
  { most: 3000, what: "quote and list markers", count: countMarkers },
  { most: 8000, what: "table bars", count: (line: string) => line.split("|").length - 1 },
] as const;
const DEEPEST = 32;

const MARKER = /[ \t]*(?:>|[-+*](?=[ \t]|$)|\d{1,9}[.)]|\[\^[^\]\s]{1,99}\]:)/y;

/** The first excess of a comment's structure. */
export function findExcess(lines: readonly string[]): Excess | undefined {
  for (const { most, what, count } of LIMITS) {
    let total = 0;
    const at = lines.findIndex((line) => {
      total += count(line);
      return total > most;
    });
    if (at >= 0)
      return {
        kind: "excess",
        line: at + 1,
        sentence: `The comment has more than ${most} ${what}; ${CURE}`,
      };
  }
  const deep = lines.findIndex((line) => countMarkers(line) > DEEPEST);
  if (deep < 0) return undefined;
  return {
    kind: "excess",
    line: deep + 1,
    sentence: `The line opens more than ${DEEPEST} quotes and lists; ${CURE}`,
  };
}

const CURE = "write the command in a comment of its own.";

/** Markers of quotes, list items and footnotes that a line begins with. */
function countMarkers(line: string): number {
  let count = 0;
  MARKER.lastIndex = 0;
  while (MARKER.test(line)) count += 1;
  return count;
}

/** What emphasis, links, code and HTML within a paragraph begin and end with. */
const DELIMITER = /[*_~[\]<`@]/g;
const MOST_DELIMITERS = 1500;

/** The excess of delimiters in the lines that are to be read for what stands within them. */
export function findDelimiterExcess(lines: readonly SourceLine[]): Excess | undefined {
  let total = 0;
  for (const { line, text } of lines) {
    total += text.match(DELIMITER)?.length ?? 0;
    if (total > MOST_DELIMITERS) {
      return {
        kind: "excess",
        line,
        sentence: `The paragraphs around the commands have more than ${MOST_DELIMITERS} characters that markdown gives a meaning; put pasted output between lines of \`\`\` and a blank line before the command.`,
      };
    }
  }
  return undefined;
}
