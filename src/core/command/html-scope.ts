import { cutRanges, type Range } from "./source-text.ts";

/** HTML elements that hide or quote what stands in them, so that it is not what the author says. */
const TAG = /<(\/?)(details|pre|code|blockquote)(?=[\s/>]|$)/gi;
const MAY_HOLD = /<(?:!--|\/?(?:details|pre|code|blockquote)(?=[\s/>]|$))/i;
const COMMENT = "!--";

/** Names of the elements that are open, the innermost last; `!--` is a comment that nothing has closed yet. */
export type Scope = readonly string[];

/** The scope after a piece of HTML; a closing tag closes what was opened within its element too. */
export function advanceScope(scope: Scope, html: string): Scope {
  const isHidden = scope.at(-1) === COMMENT;
  const close = isHidden ? html.indexOf("-->") : -3;
  if (isHidden && close < 0) return scope;
  const open = isHidden ? scope.slice(0, -1) : [...scope];
  const rest = html.slice(close + 3);
  const comments = findComments(rest);
  for (const [, slash, name = ""] of cutRanges(rest, comments).matchAll(TAG)) {
    const element = name.toLowerCase();
    if (slash === "") open.push(element);
    else if (open.includes(element)) open.length = open.lastIndexOf(element);
  }
  if (comments.at(-1)?.isOpen === true) open.push(COMMENT);
  return open;
}

/** Whether a text has a comment, or a tag that matters to the scope. */
export function mayHoldHtml(text: string): boolean {
  return MAY_HOLD.test(text);
}

/** Where the comments of a piece of HTML stand in it; one that is never closed goes to its end. */
export function findComments(html: string): (Range & { readonly isOpen: boolean })[] {
  const comments: (Range & { readonly isOpen: boolean })[] = [];
  let start = html.indexOf("<!--");
  while (start >= 0) {
    // `<!-->` and `<!--->` are whole comments: https://spec.commonmark.org/0.31.2/#html-comment
    const close = html.indexOf("-->", start + 2);
    const isOpen = close < 0;
    const end = isOpen ? html.length : close + 3;
    comments.push({ start, end, isOpen });
    start = html.indexOf("<!--", end);
  }
  return comments;
}
