import type { Nodes } from "mdast";
import { parseSpans } from "./markdown.ts";
import type { SourceLine } from "./source-text.ts";

/** Where a node stands: lines from 1, columns from 1 in UTF-16 units. */
export type Place = NonNullable<Nodes["position"]>;

/** A piece of HTML within a paragraph. */
export interface InlineHtml {
  readonly value: string;
  /** Where it stands in the comment. */
  readonly place: Place;
}

/** What stands within paragraphs, at its place in the comment. */
export interface Spans {
  /** Lines of which the first character is text of the paragraph itself, not of a link, emphasis, code or HTML in it. */
  readonly textLines: ReadonlySet<number>;
  /** By the line it begins on. */
  readonly html: ReadonlyMap<number, readonly InlineHtml[]>;
}

/**
 * Reads what stands within paragraphs.
 *
 * @param paragraphs their lines, the first with spaces for what stands before it
 * @param labels of the definitions of the whole comment, which make links of `[text][label]`
 */
export function readSpans(
  paragraphs: readonly (readonly SourceLine[])[],
  labels: readonly string[],
): Spans {
  const lines = paragraphs.flatMap((paragraph) => [...paragraph, { line: 0, text: "" }]);
  const definitions = labels.map((label) => `[${label}]: x`);
  const tree = parseSpans([...lines.map(({ text }) => text), ...definitions].join("\n"));
  const textLines = new Set<number>();
  const html = new Map<number, InlineHtml[]>();
  const originOf = (line: number) => (lines[line - 1] as SourceLine).line;
  for (const child of tree.children.flatMap(childrenOf)) {
    if (child.type === "text") addLines(textLines, placeOf(child), originOf);
    for (const { value, place } of htmlOf(child)) {
      const moved = moveTo(place, originOf);
      const { line } = moved.start;
      const sameLine = html.get(line);
      if (sameLine === undefined) html.set(line, [{ value, place: moved }]);
      else sameLine.push({ value, place: moved });
    }
  }
  return { textLines, html };
}

function childrenOf(node: Nodes): readonly Nodes[] {
  return node.type === "paragraph" ? node.children : [];
}

/** The place of a node; the parser gives every node one. */
export function placeOf(node: Nodes): Place {
  return node.position as Place;
}

function addLines(
  lines: Set<number>,
  { start, end }: Place,
  originOf: (line: number) => number,
): void {
  const first = start.column === 1 ? start.line : start.line + 1;
  for (let line = first; line <= end.line; line += 1) lines.add(originOf(line));
}

function htmlOf(node: Nodes): InlineHtml[] {
  if (node.type === "html") return [{ value: node.value, place: placeOf(node) }];
  return "children" in node ? node.children.flatMap(htmlOf) : [];
}

function moveTo({ start, end }: Place, originOf: (line: number) => number): Place {
  return {
    start: { line: originOf(start.line), column: start.column },
    end: { line: originOf(end.line), column: end.column },
  };
}
