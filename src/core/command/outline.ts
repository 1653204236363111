import type { Nodes, Paragraph } from "mdast";
import { mayHoldHtml } from "./html-scope.ts";
import { parseBlocks } from "./markdown.ts";
import type { SourceLine, SourceText } from "./source-text.ts";
import { placeOf, readSpans } from "./spans.ts";
import { type Excess, findDelimiterExcess, findExcess } from "./structure-limits.ts";
import { type Outline, PLAIN_PARENTS, walkOutline } from "./walk-outline.ts";

/** Reads a comment as markdown; `asked` are the lines of which to say whether they are plain text. */
export function buildOutline(
  text: SourceText,
  asked: ReadonlySet<number>,
): { readonly kind: "outline"; readonly outline: Outline } | Excess {
  const excess = findExcess(text.lines);
  if (excess !== undefined) return excess;
  const tree = parseBlocks(text.body);
  const collected: Collected = { text, paragraphs: [], labels: [] };
  collect(collected, tree);
  const paragraphs = collected.paragraphs.filter((lines) => needsSpans(lines, asked));
  const tooMuch = findDelimiterExcess(paragraphs.flat());
  if (tooMuch !== undefined) return tooMuch;
  const spans = readSpans(paragraphs, collected.labels);
  return { kind: "outline", outline: walkOutline(tree, { text, asked, spans }) };
}

interface Collected {
  readonly text: SourceText;
  readonly paragraphs: SourceLine[][];
  readonly labels: string[];
}

/** Collects the plain paragraphs, and the labels of all definitions. */
function collect(collected: Collected, node: Nodes, isPlain = true): void {
  if (node.type === "definition") collected.labels.push(node.identifier);
  if (node.type === "paragraph") {
    if (isPlain) collected.paragraphs.push(linesOf(node, collected.text));
  } else if ("children" in node) {
    const isStillPlain = isPlain && PLAIN_PARENTS.has(node.type);
    for (const child of node.children) collect(collected, child, isStillPlain);
  }
}

function linesOf(paragraph: Paragraph, { lines }: SourceText): SourceLine[] {
  const { start, end } = placeOf(paragraph);
  return lines.slice(start.line - 1, end.line).map((line, index) => ({
    line: start.line + index,
    text: index === 0 ? " ".repeat(start.column - 1) + line.slice(start.column - 1) : line,
  }));
}

/** The first character of a paragraph is always text, if it is a slash; what follows may stand in something. */
function needsSpans(lines: readonly SourceLine[], asked: ReadonlySet<number>): boolean {
  return lines.some(({ line, text }, index) => (index > 0 && asked.has(line)) || mayHoldHtml(text));
}
