import type { Html, Paragraph, PhrasingContent, RootContent } from "mdast";
import type { LogDiff } from "../../log/diff.ts";
import { code, data, type Inline, paragraph } from "../markdown.ts";
import { type ChangedCell, cellsOf, columnName, experimentName, isLong } from "./cell-table.ts";
import { renderRest } from "./rest.ts";
import { diffTexts, type WordPiece } from "./word-diff.ts";

/** Long texts of updated experiments, word by word, folded away; at most `most`. */
export function renderLongTexts({ changed }: LogDiff, most: number): readonly RootContent[] {
  return fold("Longer texts, word by word", cellsOf(changed).filter(isLong), most);
}

/** Every cell of the experiments that came or went, folded away; at most `most`. */
export function renderWholeRows({ added, removed }: LogDiff, most: number): readonly RootContent[] {
  return fold("Every cell of what was added or removed", cellsOf([...added, ...removed]), most);
}

/** The tags are ours and hold no outside text; GitHub reads markdown between them again. */
function fold(
  summary: string,
  cells: readonly ChangedCell[],
  most: number,
): readonly RootContent[] {
  const shown = cells.slice(0, most);
  const rest = renderRest(cells.length, shown.length, "cells");
  if (shown.length === 0) return [];
  return [
    html(`<details>\n<summary>${summary}</summary>`),
    ...shown.map(renderText),
    ...rest,
    html("</details>"),
  ];
}

function renderText({ experimentId, column, before, after }: ChangedCell): Paragraph {
  const pieces = diffTexts(before, after).map(renderPiece);
  return paragraph(experimentName(experimentId), " ", columnName(column), ": ", pieces);
}

const TAGS = { same: undefined, removed: "del", added: "ins" } as const;

function renderPiece({ kind, text }: WordPiece): Inline {
  const tag = TAGS[kind];
  const content = inertPiece(text);
  return tag === undefined ? content : [html(`<${tag}>`), content, html(`</${tag}>`)];
}

/** A `$` could be paired with one of another piece, which `data` does not see. */
function inertPiece(text: string): Inline {
  return text.split(/(\$+)/).map((part) => (part.startsWith("$") ? code(part) : data(part)));
}

function html(value: string): Html & PhrasingContent & RootContent {
  return { type: "html", value };
}
