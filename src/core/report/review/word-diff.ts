import { diffWordsWithSpace } from "diff";
import { shortenText } from "../../text/escape.ts";
import { showCells } from "./show-cell.ts";

/** A part of a text beside its other version. */
export interface WordPiece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Longer than that between the first difference and the last, in UTF-16 units, the texts are simply two. */
const MOST_COMPARED = 50_000;
/** What is shown around a difference. */
const CONTEXT = 40;
/** Comparing costs words times edits; beyond that many the texts are simply two. */
const MOST_EDITS = 400;

/** Every difference of two versions of a long text, word by word; equal stretches are cut to `…`. */
export function diffTexts(before: string, after: string): readonly WordPiece[] {
  const start = startOf(before, after);
  const end = endOf(before, after);
  const cut = (text: string) =>
    (start === 0 ? "" : "…") + text.slice(start, text.length - end) + (end === 0 ? "" : "…");
  return comparePieces(...showCells(cut(before), cut(after))).map(shortenSame);
}

/**
 * As many pieces as fit, and how much of what differs does not, in UTF-16 units. No piece takes more than half of the
 * room, so that a long text that went leaves room for the one that came.
 */
export function fitPieces(
  pieces: readonly WordPiece[],
  room: number,
): { readonly shown: readonly WordPiece[]; readonly hidden: number } {
  const shown: WordPiece[] = [];
  let [left, hidden] = [room, 0];
  for (const { kind, text } of pieces) {
    const fitting = left > 0 ? shortenText(text, Math.min(left, Math.ceil(room / 2))) : "";
    if (fitting !== "") shown.push({ kind, text: fitting });
    if (kind !== "same" && fitting !== text)
      hidden += text.length - fitting.replace(/…$/, "").length;
    left -= fitting.length;
  }
  return { shown, hidden };
}

/**
 * The places of two texts that differ, as they are shown: from a little before the first difference, at most
 * `room` units of each, with `…` where something is cut.
 */
export function windowsOf(before: string, after: string, room: number): readonly [string, string] {
  const start = startOf(before, after);
  const cut = (text: string) => {
    const shown = shortenText(text.slice(start), room);
    return start === 0 ? shown : `…${shown}`;
  };
  return showCells(cut(before), cut(after));
}

/** Word by word: all but the added ones are the first text, all but the removed ones the second. */
export function comparePieces(before: string, after: string): readonly WordPiece[] {
  const isComparable = Math.max(before.length, after.length) <= MOST_COMPARED;
  const changes = isComparable
    ? diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS })
    : undefined;
  if (changes === undefined) return changePieces(before, after);
  const pieces: WordPiece[] = [];
  let [removed, added] = ["", ""];
  for (const [at, { value, removed: isRemoved, added: isAdded }] of changes.entries()) {
    // Words that changed one by one read better as one change.
    const isBetween = !isRemoved && !isAdded && removed + added !== "" && /^\s+$/.test(value);
    const isJoined = isBetween && at + 1 < changes.length;
    if (isRemoved || isJoined) removed += value;
    if (isAdded || isJoined) added += value;
    if (isRemoved || isAdded || isJoined) continue;
    pieces.push(...changePieces(removed, added), { kind: "same", text: value });
    [removed, added] = ["", ""];
  }
  return [...pieces, ...changePieces(removed, added)];
}

function changePieces(removed: string, added: string): readonly WordPiece[] {
  const both: readonly WordPiece[] = [
    { kind: "removed", text: removed },
    { kind: "added", text: added },
  ];
  return both.filter(({ text }) => text !== "");
}

/** A word's start shortly before the first difference. */
function startOf(before: string, after: string): number {
  const same = countSame(before, after);
  if (same <= 2 * CONTEXT) return 0;
  const space = before.lastIndexOf(" ", same - CONTEXT);
  return space > same - 2 * CONTEXT ? space + 1 : wholeFrom(before, same - CONTEXT);
}

/** How much follows a word's end shortly behind the last difference. */
function endOf(before: string, after: string): number {
  const room = Math.min(before.length, after.length) - countSame(before, after);
  let same = 0;
  while (same < room && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  if (same <= 4 * CONTEXT) return 0;
  const from = before.length - same + CONTEXT;
  const space = before.indexOf(" ", from);
  const isNear = space >= 0 && space < from + CONTEXT;
  return before.length - (isNear ? space : wholeFrom(before, from));
}

function countSame(before: string, after: string): number {
  let same = 0;
  while (same < before.length && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  return same;
}

function shortenSame(piece: WordPiece, at: number, all: readonly WordPiece[]): WordPiece {
  const { kind, text } = piece;
  if (kind !== "same" || text.length <= 4 * CONTEXT) return piece;
  const head = at === 0 ? "" : shortenText(text, CONTEXT).slice(0, -1);
  const tail = at + 1 === all.length ? "" : text.slice(wholeFrom(text, text.length - CONTEXT));
  return { kind, text: `${head}…${tail}` };
}

/** Not within a pair of surrogates, of which the half would be shown. */
function wholeFrom(text: string, at: number): number {
  const isHalf = text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
  return isHalf ? at + 1 : at;
}
