import { diffWordsWithSpace } from "diff";
import { shortenText } from "../../text/escape.ts";
import { showCells } from "./show-cell.ts";

/** A part of a text beside its other version. */
export interface WordPiece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** How much of a text is compared, from a little before the first difference, in UTF-16 units. */
const WINDOW = 1_500;
/** What is shown around a difference. */
const CONTEXT = 40;
/** Comparing costs words times edits; beyond that many the texts are simply two. */
const MOST_EDITS = 400;

/** Two versions of a long text, word by word; equal stretches and what is beyond a window are cut to `…`. */
export function diffTexts(before: string, after: string): readonly WordPiece[] {
  const [old, young] = windowsOf(before, after, WINDOW);
  return comparePieces(old, young).map(shortenSame);
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
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
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
  let same = 0;
  while (same < before.length && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  if (same <= 2 * CONTEXT) return 0;
  const space = before.lastIndexOf(" ", same - CONTEXT);
  return space > same - 2 * CONTEXT ? space + 1 : wholeFrom(before, same - CONTEXT);
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
