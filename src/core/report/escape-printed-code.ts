import type { Nodes, RootContent } from "mdast";

/**
 * A page that is printed. A runner obeys `##[name]` anywhere in what a step prints, and a span of code holds its text
 * as it is: such code is written with character references instead, which are shown as the same text.
 */
export function escapePrintedCode(nodes: readonly RootContent[]): readonly RootContent[] {
  return nodes.map(escapeNode) as RootContent[];
}

function escapeNode(node: Nodes): Nodes {
  if ("children" in node) return { ...node, children: node.children.map(escapeNode) } as Nodes;
  if (node.type !== "inlineCode" || !node.value.includes("##[")) return node;
  const escaped = node.value.replace(
    /[!-/:-@[-`{-~]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
  return { type: "html", value: `<code>${escaped}</code>` };
}
