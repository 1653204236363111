import type { Html, Paragraph, PhrasingContent, RootContent } from "mdast";
import type { LogDiff } from "../../log/diff.ts";
import { shortenText } from "../../text/escape.ts";
import { LIMITS } from "../limits.ts";
import { code, data, type Inline, paragraph, type TableColumn, table } from "../markdown.ts";
import {
  type ChangedCell,
  cellsOf,
  columnName,
  experimentName,
  isLong,
  nameOnce,
} from "./cell-table.ts";
import { renderRest } from "./rest.ts";
import { showCell } from "./show-cell.ts";
import { diffTexts, type WordPiece } from "./word-diff.ts";

/** Long texts of updated experiments, word by word, folded away; at most `most`. */
export function renderLongTexts({ changed }: LogDiff, most: number): readonly RootContent[] {
  const cells = cellsOf(changed).filter(isLong);
  if (Math.min(most, cells.length) === 0) return [];
  const shown = cells.slice(0, most).map(renderText);
  const rest = renderRest(cells.length, shown.length, "longer text");
  return fold("Longer texts, word by word", [...shown, ...rest]);
}

/** Every cell of the experiments that came or went, folded away; at most `most`. */
export function renderWholeRows({ added, removed }: LogDiff, most: number): readonly RootContent[] {
  const cells = cellsOf([...added, ...removed]).filter(({ column }) => column !== "experiment_id");
  if (Math.min(most, cells.length) === 0) return [];
  const shown = cells.slice(0, most);
  const columns: readonly TableColumn<ChangedCell>[] = [
    { head: "Experiment", cell: (cell, at) => nameOnce(cell, shown[at - 1]) },
    { head: "Cell", cell: ({ column }) => columnName(column) },
    { head: "Text", cell: (cell) => data(shortenText(showCell(textOf(cell)), LIMITS.text)) },
  ];
  const rest = renderRest(cells.length, shown.length, "cell");
  return fold("Every cell of what was added or removed", [table(columns, shown), ...rest]);
}

/** Of a cell that only one version of the log has. */
function textOf({ before, after }: ChangedCell): string {
  return after === "" ? before : after;
}

/** The tags are ours and hold no outside text; GitHub reads markdown between them again. */
function fold(summary: string, content: readonly RootContent[]): readonly RootContent[] {
  const opening = html(`<details>\n<summary>${summary}</summary>`);
  return [opening, ...content, html("</details>")];
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
