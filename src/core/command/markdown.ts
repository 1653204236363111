import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Constructs of micromark that stand within a paragraph. */
const INLINE = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "emailAutolink",
  "gfmFootnoteCall",
  "gfmPotentialFootnoteCall",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
  "protocolAutolink",
  "strikethrough",
  "tasklistCheck",
  "wwwAutolink",
];

/** Constructs of micromark that stand beside a paragraph, but for definitions. */
const BLOCKS = [
  "blockQuote",
  "codeFenced",
  "codeIndented",
  "gfmFootnoteDefinition",
  "headingAtx",
  "htmlFlow",
  "list",
  "setextUnderline",
  "table",
  "thematicBreak",
];

/**
 * The tree of a text's blocks; what stands within a paragraph, a heading or a cell is text. Reading everything at
 * once would take half a minute for 64 KiB of stars.
 */
export function parseBlocks(text: string): Root {
  return parse(text, INLINE);
}

/** The tree of paragraphs, with what stands within them; no line begins anything but a paragraph or a definition. */
export function parseSpans(text: string): Root {
  return parse(text, BLOCKS);
}

function parse(text: string, disabled: string[]): Root {
  return fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: disabled } }],
    mdastExtensions: treeExtensions(),
  });
}

/** Without their transforms, which look for addresses in text afterwards and drop the positions of what they touch. */
function treeExtensions(): ReturnType<typeof gfmFromMarkdown> {
  return gfmFromMarkdown().map(({ transforms: _transforms, ...extension }) => extension);
}
