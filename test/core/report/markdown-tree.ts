import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Nodes of a page that act. */
const LIVE = new Set([
  "html",
  "link",
  "linkReference",
  "image",
  "imageReference",
  "definition",
  "footnoteReference",
  "footnoteDefinition",
]);

/** Texts that GitHub makes act, and characters that hide. */
const REFERENCES: readonly RegExp[] = [
  /@[\w-]/,
  /#\w/,
  /gh-\d/i,
  /:\/\//,
  /www\./i,
  /\b[0-9a-f]{40}\b/i,
  /<!--/,
  /-->/,
  /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Cs}\u200b\u200c\ufeff]/u,
];

/** Markdown as GitHub reads it. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** What of a text came alive: nodes that act, and texts that GitHub would make act. */
export function liveIn(root: Root): readonly string[] {
  const kinds = nodesOf(root).map((node) => node.type);
  const isLive = (text: string) => REFERENCES.some((reference) => reference.test(text));
  return [...kinds.filter((kind) => LIVE.has(kind)), ...textsOf(root).filter(isLive)];
}

/** What a reader of the page sees as structure: kinds of blocks, and cells of tables. */
export function outlineOf(root: Root): readonly string[] {
  return root.children.map((node) =>
    node.type === "table" ? `table ${node.children.map((row) => row.children.length)}` : node.type,
  );
}

export function nodesOf(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

/** Texts of diagrams follow other rules: nothing there is looked through for references. */
function textsOf(root: Root): readonly string[] {
  return nodesOf(root).flatMap((node) =>
    "value" in node && !(node.type === "code" && node.lang === "mermaid") ? [node.value] : [],
  );
}
