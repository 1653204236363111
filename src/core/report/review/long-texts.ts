import type { Html, Paragraph, PhrasingContent, RootContent } from "mdast";
import type { LogDiff } from "../../log/diff.ts";
import { shortenText } from "../../text/escape.ts";
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
import type { Room } from "./room.ts";
import { showCell } from "./show-cell.ts";
import { diffTexts, fitPieces, type WordPiece } from "./word-diff.ts";

/** Long texts of updated experiments, word by word, folded away; as many as there is room for, the others counted. */
export function renderLongTexts({ changed }: LogDiff, room: Room): readonly RootContent[] {
  const cells = cellsOf(changed).filter(isLong);
  const shown = cells.slice(0, room.texts).map((cell) => renderText(cell, room));
  const rest = renderRest(cells.length, shown.length, "longer text");
  return shown.length === 0 ? rest : fold("Longer texts, word by word", [...shown, ...rest]);
}

/** Every cell of the experiments that came or went, folded away; as many as there is room for, the others counted. */
export function renderWholeRows({ added, removed }: LogDiff, room: Room): readonly RootContent[] {
  const cells = cellsOf([...added, ...removed]).filter(({ column }) => column !== "experiment_id");
  const shown = cells.slice(0, room.cells);
  const columns: readonly TableColumn<ChangedCell>[] = [
    { head: "Experiment", cell: (cell, at) => nameOnce(cell, shown[at - 1]) },
    { head: "Cell", cell: ({ column }) => columnName(column) },
    { head: "Text", cell: (cell) => data(shortenText(showCell(textOf(cell)), room.cell)) },
  ];
  const rest = renderRest(cells.length, shown.length, "cell");
  if (shown.length === 0) return rest;
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

function renderText({ experimentId, column, before, after }: ChangedCell, room: Room): Paragraph {
  const { shown, hidden } = fitPieces(diffTexts(before, after), room.text);
  const pieces = shown.map(renderPiece);
  const rest = hidden === 0 ? "" : ` ${hidden} more characters of what differs left out to fit.`;
  return paragraph(experimentName(experimentId), " ", columnName(column), ": ", pieces, rest);
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
