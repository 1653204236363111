import type { InlineCode, Literal, Nodes, RootContent, Text } from "mdast";
import { inertText, shortenText } from "../text/escape.ts";
import type { Redactor } from "../text/redact.ts";

/** Text from outside on its way into a page: it is redacted, shortened and made inert, in this order, when the page is written. */
export interface OutsideText extends Literal {
  readonly type: "outside";
  readonly isCode: boolean;
  /** In UTF-16 units. */
  readonly limit: number | undefined;
}

declare module "mdast" {
  interface PhrasingContentMap {
    outside: OutsideText;
  }
  interface RootContentMap {
    outside: OutsideText;
  }
}

/**
 * The nodes as they are written: outside text settled, nothing secret in any text. Redacting what is inert or escaped
 * already would come too late, for it is no longer spelled as the secret is.
 */
export function settleText(
  nodes: readonly RootContent[],
  redact: Redactor,
): readonly RootContent[] {
  return nodes.flatMap((node) => settle(node, redact)) as RootContent[];
}

function settle(node: Nodes, redact: Redactor): readonly Nodes[] {
  if (node.type === "outside") return settleOutside(node, redact);
  if ("children" in node) {
    const children = node.children.flatMap((child) => settle(child, redact));
    return [{ ...node, children: joinTexts(children) } as Nodes];
  }
  if (node.type === "html" || !("value" in node)) return [node];
  return [{ ...node, value: redact(node.value) }];
}

/** A pair of `$` would be read as mathematics, so each stands in code; code of nothing would not be code. */
function settleOutside(
  { value, isCode, limit = Number.POSITIVE_INFINITY }: OutsideText,
  redact: Redactor,
): readonly (Text | InlineCode)[] {
  const inert = inertText(shortenText(redact(value), limit));
  if (isCode && inert.trim() !== "") return [{ type: "inlineCode", value: inert }];
  const parts = inert.split(/(\$+)/);
  if (isCode || inert.split("$").length < 3) return [{ type: "text", value: inert }];
  return parts.map((part) => ({ type: part.startsWith("$") ? "inlineCode" : "text", value: part }));
}

/** Adjacent texts become one node, as a parser would give them: escapes depend on the neighbouring character. */
function joinTexts(nodes: readonly Nodes[]): readonly Nodes[] {
  const joined: Nodes[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type !== "text") joined.push(node);
    else if (last?.type === "text")
      joined[joined.length - 1] = { ...last, value: last.value + node.value };
    else if (node.value !== "") joined.push(node);
  }
  return joined;
}
