import { blankRanges, cutRanges, type Range, type SourceText } from "./source-text.ts";

/** The lines of a text without HTML comments: with spaces in their place, and cut; a line of nothing else is `undefined`. */
export function visibleLines(
  text: SourceText,
  hidden: readonly Range[],
): { readonly blanked: readonly string[]; readonly kept: readonly (string | undefined)[] } {
  const blanked = blankRanges(text.body, hidden).split("\n");
  const kept = cutLines(text, hidden).map((line, index) =>
    line.trim() === "" && text.lines[index]?.trim() !== "" ? undefined : line,
  );
  return { blanked, kept };
}

/** Each line without what is hidden of it. */
function cutLines(text: SourceText, hidden: readonly Range[]): string[] {
  let start = 0;
  let next = 0;
  return text.lines.map((line) => {
    const end = start + line.length;
    const parts: Range[] = [];
    for (let part = hidden[next]; part !== undefined && part.start <= end; part = hidden[next]) {
      parts.push({
        start: Math.max(part.start - start, 0),
        end: Math.min(part.end - start, line.length),
      });
      if (part.end > end) break;
      next += 1;
    }
    start = end + 1;
    return cutRanges(line, parts);
  });
}
