import type { CellChange, LogDiff, RowChange } from "../../log/diff.ts";
import { safeLine, safeLines } from "../../text/safe-log.ts";
import {
  type DiffSide,
  diffRemarks,
  isDifferent,
  NO_DIFFERENCE,
  renderCounts,
} from "../review/diff-sentence.ts";
import { showCell, showCells } from "../review/show-cell.ts";
import { diffTexts, type WordPiece } from "../review/word-diff.ts";
import { type Paint, paintFor } from "./paint.ts";

/** What is shown in a terminal, and how. */
export interface TerminalDiff {
  readonly diff: LogDiff;
  readonly session: string;
  /** Who has the session. */
  readonly side: DiffSide;
  /** Whether escape sequences may be written; the caller knows of pipes and NO_COLOR. */
  readonly color: boolean;
  /** Characters of a line that two short texts must fit into; default 100. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;

/** The differences of one log for a terminal; what is outside text shows no control character. */
export function renderDiffForTerminal(input: TerminalDiff): string {
  const { diff, session, side, color, width = DEFAULT_WIDTH } = input;
  const context = { paint: paintFor(color), width };
  if (!isDifferent(diff)) return `${safeLine(session)}: ${NO_DIFFERENCE[side]}`;
  const lines = [
    context.paint("strong", `${session}: ${renderCounts(diff)}`),
    ...diffRemarks(diff).map(renderRemark),
    ...diff.added.flatMap((row) => renderWhole(row, "added", context)),
    ...diff.changed.flatMap((row) => renderChanged(row, context)),
    ...diff.removed.flatMap((row) => renderWhole(row, "removed", context)),
  ];
  // Texts beside each other could make a command of a runner that neither of them is: `##` and `[`.
  return color ? lines.join("\n") : safeLines(lines.join("\n"));
}

interface TerminalContext {
  readonly paint: Paint;
  readonly width: number;
}

const MARKS = { added: "+", removed: "-" } as const;

function renderRemark({ sentence, names }: ReturnType<typeof diffRemarks>[number]): string {
  const shown = names.map(showCell).join(", ");
  return safeLine(names.length === 0 ? `! ${sentence}` : `! ${sentence}: ${shown}`);
}

/** A row that came or went, with the text of every cell. */
function renderWhole(
  { experimentId, cells }: RowChange,
  kind: "added" | "removed",
  { paint }: TerminalContext,
): readonly string[] {
  const lines = cells.map(({ column, before, after }) =>
    paint(kind, `    ${showCell(column)}: ${showCell(kind === "added" ? after : before)}`),
  );
  return ["", paint(kind, `${MARKS[kind]} ${showCell(experimentId)}`), ...lines];
}

function renderChanged(
  { experimentId, cells }: RowChange,
  context: TerminalContext,
): readonly string[] {
  const name = context.paint("strong", `~ ${showCell(experimentId)}`);
  return ["", name, ...cells.map((cell) => renderCell(cell, context))];
}

/** Side by side where a line holds both, else word by word. */
function renderCell(
  { column, before, after }: CellChange,
  { paint, width }: TerminalContext,
): string {
  const start = `    ${showCell(column)}: `;
  if (start.length + before.length + after.length + 3 > width) {
    const pieces = diffTexts(before, after).map((piece) => renderPiece(piece, paint));
    return paint("plain", start) + pieces.join("");
  }
  const [old, young] = showCells(before, after);
  return [
    paint("plain", start),
    paint("removed", old === "" ? "(empty)" : old),
    " → ",
    paint("added", young === "" ? "(empty)" : young),
  ].join("");
}

/** As `git diff --word-diff` marks them, so that they can be told apart without colour. */
function renderPiece({ kind, text }: WordPiece, paint: Paint): string {
  if (kind === "same") return paint("plain", text);
  return paint(kind, kind === "removed" ? `[-${text}-]` : `{+${text}+}`);
}
