import type { Code, Heading, Html, Nodes, Paragraph, Root } from "mdast";
import { formulaLines } from "./formula-lines.ts";
import { advanceScope, findComments, leaveBlock, type Scope } from "./html-scope.ts";
import type { Range, SourceText } from "./source-text.ts";
import { type Place, placeOf, type Spans } from "./spans.ts";

/** What the markdown of a comment makes of its lines. */
export interface Outline {
  /** Those of the asked lines whose first character is plain text. */
  readonly plain: ReadonlySet<number>;
  /** HTML comments, in order, as ranges of the body. */
  readonly hidden: readonly Range[];
  /** Lines of fences and of indented code. */
  readonly code: ReadonlySet<number>;
  /** Lines of headings that begin at the first column. */
  readonly headings: ReadonlySet<number>;
}

/** What a paragraph's ancestors may be for it to be the author's own words. */
export const PLAIN_PARENTS: ReadonlySet<string> = new Set(["root", "list", "listItem"]);

interface WalkInput {
  readonly text: SourceText;
  readonly asked: ReadonlySet<number>;
  readonly spans: Spans;
}

interface Walk extends WalkInput {
  readonly starts: readonly number[];
  readonly plain: Set<number>;
  readonly hidden: Range[];
  readonly code: Set<number>;
  readonly headings: Set<number>;
}

/** Goes through the tree in the order of the text, with the HTML elements that are open. */
export function walkOutline(tree: Root, input: WalkInput): Outline {
  const starts = startsOf(input.text.lines);
  const walk: Walk = {
    ...input,
    starts,
    plain: new Set(),
    hidden: [],
    code: new Set(),
    headings: new Set(),
  };
  visit(walk, tree, { scope: [], isPlain: true });
  return walk;
}

function startsOf(lines: readonly string[]): readonly number[] {
  let start = 0;
  return lines.map((line) => {
    const own = start;
    start += line.length + 1;
    return own;
  });
}

interface Context {
  readonly scope: Scope;
  readonly isPlain: boolean;
}

/** Visits a node; the scope that holds after it. */
function visit(walk: Walk, node: Nodes, context: Context): Scope {
  if (node.type === "html") return visitHtml(walk, node, context.scope);
  if (node.type === "paragraph")
    return context.isPlain ? visitText(walk, node, context.scope) : context.scope;
  if (node.type === "code") addCode(walk, node);
  if (node.type === "heading") addHeading(walk, node);
  if (!("children" in node)) return context.scope;
  const isPlain = PLAIN_PARENTS.has(node.type);
  let scope = context.scope;
  for (const child of node.children)
    scope = visit(walk, child, { scope, isPlain: context.isPlain && isPlain });
  return leaveBlock(context.scope, scope);
}

function visitHtml(walk: Walk, node: Html, scope: Scope): Scope {
  const range = rangeOf(walk, placeOf(node));
  const source = walk.text.body.slice(range.start, range.end);
  for (const comment of findComments(source)) {
    walk.hidden.push({ start: range.start + comment.start, end: range.start + comment.end });
  }
  return advanceScope(scope, source);
}

/** A paragraph: asked lines of it and HTML in it, in their order. */
function visitText(walk: Walk, node: Paragraph, before: Scope): Scope {
  const { start, end } = placeOf(node);
  const formulas = formulaLines(walk.text.lines.slice(start.line - 1, end.line));
  let scope = before;
  for (let line = start.line; line <= end.line; line += 1) {
    const isSpan = !walk.spans.textLines.has(line) || formulas.has(line - start.line);
    const isText = line === start.line || !isSpan;
    if (isText && scope.length === 0 && walk.asked.has(line)) walk.plain.add(line);
    for (const { value, place } of walk.spans.html.get(line) ?? []) {
      if (value.startsWith("<!--")) walk.hidden.push(rangeOf(walk, place));
      scope = advanceScope(scope, value);
    }
  }
  return scope;
}

function addCode(walk: Walk, node: Code): void {
  const { start, end } = placeOf(node);
  for (let line = start.line; line <= end.line; line += 1) walk.code.add(line);
}

function addHeading({ headings }: Walk, node: Heading): void {
  const { start } = placeOf(node);
  if (start.column === 1) headings.add(start.line);
}

function rangeOf({ starts }: Walk, { start, end }: Place): Range {
  return { start: offsetOf(starts, start), end: offsetOf(starts, end) };
}

function offsetOf(starts: readonly number[], { line, column }: Place["start"]): number {
  return (starts[line - 1] as number) + column - 1;
}
