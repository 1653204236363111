import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

/** A page of the documentation, read as GitHub reads it. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly markdown: string;
  readonly blocks: readonly Block[];
  /** Addresses of links and images, with their lines. */
  readonly links: readonly { readonly url: string; readonly line: number }[];
  /** What a link may name after `#`. */
  readonly anchors: ReadonlySet<string>;
  /** Tables as cells of plain text, header first. */
  readonly tables: readonly (readonly (readonly string[])[])[];
}

/** README and every page of docs. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(`${ROOT}docs`)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => `docs/${name}`);
  return ["README.md", ...docs].map(readPage);
}

export function readPage(path: string): Page {
  const markdown = readFileSync(`${ROOT}${path}`, "utf8");
  const nodes = flatten(
    fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  );
  const line = (node: Nodes) => node.position?.start.line ?? 0;
  const headings = nodes.filter((node) => node.type === "heading").map(plainText);
  return {
    path,
    markdown,
    blocks: nodes.flatMap((node) =>
      node.type === "code"
        ? [{ language: node.lang ?? "", text: node.value, line: line(node) }]
        : [],
    ),
    links: nodes.flatMap((node) =>
      node.type === "link" || node.type === "image" || node.type === "definition"
        ? [{ url: node.url, line: line(node) }]
        : [],
    ),
    anchors: new Set(slugs(headings)),
    tables: nodes.flatMap((node) =>
      node.type === "table" ? [node.children.map((row) => row.children.map(plainText))] : [],
    ),
  };
}

export function exists(path: string): boolean {
  return existsSync(`${ROOT}${path}`);
}

function flatten(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap(flatten)] : [node];
}

function plainText(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(plainText).join("") : "";
}

/** GitHub's anchors: https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links */
function slugs(headings: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}
