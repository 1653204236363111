import { type Markup, readMarkup } from "./html-markup.ts";
import type { Range } from "./source-text.ts";

/** HTML elements that hide, quote, strike out or set apart what stands in them, so that it is not what the author says. */
const ELEMENTS =
  "details|pre|code|blockquote|del|s|strike|q|samp|tt|kbd|var|table|h1|h2|h3|h4|h5|h6";
const OPENING = new RegExp(`<(${ELEMENTS})(?=[\\s/>]|$)`, "g");
const CLOSING = new RegExp(`^</(${ELEMENTS})(?=[\\s/>])`);
const MAY_HOLD = new RegExp(`<(?:!--|/?(?:${ELEMENTS})(?=[\\s/>]|$))`, "i");
const COMMENT = "!--";
const QUOTE = '"';

/**
 * Names of the elements that are open, the innermost last; `!--` is a comment that nothing has closed yet, `"` the value
 * of an attribute, in which all that follows is taken to stand.
 */
export type Scope = readonly string[];

/**
 * The scope after a piece of HTML; a closing tag closes what was opened within its element too. What hides is believed
 * wherever it seems to stand, what shows again only as a tag: rather a command overlooked than a hidden one carried out.
 */
export function advanceScope(scope: Scope, html: string): Scope {
  if (scope.at(-1) === QUOTE) return scope;
  const isHidden = scope.at(-1) === COMMENT;
  const close = isHidden ? html.indexOf("-->") : -3;
  if (isHidden && close < 0) return scope;
  const open = isHidden ? scope.slice(0, -1) : [...scope];
  for (const markup of readMarkup(html.slice(close + 3))) apply(open, markup);
  return open;
}

function apply(open: string[], { kind, text, open: lacks }: Markup): void {
  if (kind === "comment") {
    if (lacks !== "none") open.push(COMMENT);
    return;
  }
  const lower = text.toLowerCase();
  const closed = lacks === "none" ? CLOSING.exec(lower)?.[1] : undefined;
  if (closed !== undefined && open.includes(closed)) open.length = open.lastIndexOf(closed);
  for (const [, name = ""] of lower.matchAll(OPENING)) open.push(name);
  if (lacks === "quote") open.push(QUOTE);
}

/** The scope behind a quote or a list item: its end closes elements, but neither a comment nor the value of an attribute. */
export function leaveBlock(before: Scope, within: Scope): Scope {
  const innermost = within.at(-1);
  return innermost === COMMENT || innermost === QUOTE ? within : before;
}

/** Whether a text has a comment, or a tag that matters to the scope. */
export function mayHoldHtml(text: string): boolean {
  return MAY_HOLD.test(text);
}

/** Where the comments of a piece of HTML stand in it; one that is never closed goes to its end. */
export function findComments(html: string): readonly Range[] {
  return [...readMarkup(html)].filter(({ kind }) => kind === "comment");
}
