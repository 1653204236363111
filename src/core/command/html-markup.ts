import type { Range } from "./source-text.ts";

/** A tag, a comment, or something else that a browser does not show, where it stands in its text. */
export interface Markup extends Range {
  readonly kind: "tag" | "comment" | "other";
  readonly text: string;
  /** What its end was looked for in vain: `"quote"` of an attribute's value, `"markup"` itself. It goes to the text's end. */
  readonly open: "none" | "quote" | "markup";
}

const TAG_NAME = /<\/?[a-z][^\s/>]*/iy;

/** Markup that is no tag: what it begins and ends with. An instruction and CDATA may end at their first `>` in a browser. */
const OTHERS = [
  { kind: "comment", begin: "<!--", end: "-->" },
  { kind: "other", begin: "<![CDATA[", end: "]]>" },
  { kind: "other", begin: "<?", end: "?>" },
  { kind: "other", begin: "<!", end: ">" },
  { kind: "other", begin: "</", end: ">" },
] as const;

/**
 * The markup of a piece of HTML, in order, told apart as a browser does: what stands in the value of an attribute is no tag.
 * https://html.spec.whatwg.org/multipage/parsing.html#data-state
 */
export function* readMarkup(html: string): Generator<Markup> {
  let start = html.indexOf("<");
  while (start >= 0) {
    const markup = markupAt(html, start);
    if (markup !== undefined) yield markup;
    start = html.indexOf("<", markup?.end ?? start + 1);
  }
}

function markupAt(html: string, start: number): Markup | undefined {
  TAG_NAME.lastIndex = start;
  if (TAG_NAME.test(html)) return tagAt(html, start, TAG_NAME.lastIndex);
  const other = OTHERS.find(({ begin }) => html.startsWith(begin, start));
  if (other === undefined) return undefined;
  // `<!-->` and `<!--->` are whole comments: https://spec.commonmark.org/0.31.2/#html-comment
  const close = html.indexOf(other.end, start + 2);
  const end = close < 0 ? html.length : close + other.end.length;
  const open = close < 0 ? "markup" : "none";
  return { kind: other.kind, start, end, text: html.slice(start, end), open };
}

/** An attribute: its name, which may begin with `=`, and its value; `open` is one in quotes that nothing ends. */
const ATTRIBUTE =
  /[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|(?<open>["'].*)|[^\s>"'][^\s>]*|(?=>)))?/sy;

function tagAt(html: string, start: number, attributesAt: number): Markup {
  let at = attributesAt;
  let isInQuote = false;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const attribute = ATTRIBUTE.exec(html);
    if (attribute === null) break;
    at = ATTRIBUTE.lastIndex;
    isInQuote = attribute.groups?.["open"] !== undefined;
  }
  const close = html.indexOf(">", at);
  const end = close < 0 ? html.length : close + 1;
  const isOpen = isInQuote ? "quote" : "markup";
  return {
    ...{ kind: "tag", start, end, text: html.slice(start, end) },
    open: close < 0 ? isOpen : "none",
  };
}
