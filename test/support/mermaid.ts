import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Parses a diagram with the Mermaid that GitHub runs. Throws with Mermaid's own message when it cannot be read.
 *
 * Mermaid cleans labels with DOMPurify, which has no `sanitize` without a DOM. Parsing needs no cleaning, so it gets
 * one that changes nothing instead of a DOM.
 */
export async function parseMermaid(diagram: string): Promise<string> {
  const mermaid = await loadMermaid();
  const result = await mermaid.parse(diagram);
  return result.diagramType;
}

/** The diagrams of a markdown text. */
export function diagramsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(
    ([, diagram = ""]) => diagram,
  );
}

type Mermaid = { parse(diagram: string): Promise<{ diagramType: string }> };

let loaded: Promise<Mermaid> | undefined;

function loadMermaid(): Promise<Mermaid> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Mermaid> {
  const mermaidFile = createRequire(import.meta.url).resolve("mermaid");
  const purifyFile = createRequire(mermaidFile).resolve("dompurify");
  const purify = await import(
    pathToFileURL(path.join(path.dirname(purifyFile), "purify.es.mjs")).href
  );
  Object.assign(purify.default, { sanitize: (text: string) => text, addHook: () => undefined });
  const { default: mermaid } = await import("mermaid");
  return mermaid;
}
