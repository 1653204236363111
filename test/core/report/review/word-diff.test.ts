import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { showCell, showCells } from "../../../../src/core/report/review/show-cell.ts";
import {
  comparePieces,
  diffTexts,
  fitPieces,
  type WordPiece,
  windowsOf,
} from "../../../../src/core/report/review/word-diff.ts";

/** As `git diff --word-diff` writes it. */
function marked(pieces: readonly WordPiece[]): string {
  const marks = { same: ["", ""], removed: ["[-", "-]"], added: ["{+", "+}"] } as const;
  return pieces.map(({ kind, text }) => marks[kind][0] + text + marks[kind][1]).join("");
}

function without(pieces: readonly WordPiece[], kind: WordPiece["kind"]): string {
  return pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join("");
}

describe("two versions of a text", () => {
  test.each([
    ["a warm start", "a cold start", "a [-warm-]{+cold+} start"],
    ["a b", "a b c", "a b{+ c+}"],
    ["one two end", "three four end", "[-one two-]{+three four+} end"],
    ["one two ", "three two ", "[-one-]{+three+} two "],
    ["a x", "b ", "[-a x-]{+b +}"],
    ["", "new", "{+new+}"],
    ["gone", "", "[-gone-]"],
    ["same", "same", "same"],
  ])("%j and %j differ as %j", (before, after, expected) => {
    expect(marked(comparePieces(before, after))).toBe(expected);
  });

  test("are two texts where too many words differ", () => {
    const many = (word: string) => Array.from({ length: 500 }, (_, at) => `${word}${at}`).join(" ");
    expect(comparePieces(many("a"), many("b"))).toEqual([
      { kind: "removed", text: many("a") },
      { kind: "added", text: many("b") },
    ]);
  });

  test("can be read off the pieces", () => {
    const word = fc.constantFrom("a", "b", " ", "  ", ",", "é", "👩", "字", "$", "#");
    const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = comparePieces(before, after);
        expect(without(pieces, "added")).toBe(before);
        expect(without(pieces, "removed")).toBe(after);
      }),
    );
  });

  test("are cut around what differs", () => {
    const words = "a word and another ".repeat(60);
    const pieces = diffTexts(`${words}old ${words}`, `${words}new ${words}`);
    expect(marked(pieces)).toBe(
      "…another a word and another a word and another [-old-]{+new+} a word and another a word and another a…",
    );
  });

  test("are cut between two differences", () => {
    const words = "a word and another ".repeat(20);
    const [before, after] = [`one ${words}two`, `1 ${words}2`];
    expect(marked(diffTexts(before, after))).toBe(
      "[-one-]{+1+} a word and another a word and another…r a word and another a word and another [-two-]{+2+}",
    );
  });

  test("show every difference and no other, however far apart they stand", () => {
    const words = Array.from({ length: 2_000 }, (_, at) => `w${at}`);
    const edits = new Map([
      [3, "first"],
      [1_980, "last"],
    ]);
    const edited = words.map((word, at) => edits.get(at) ?? word);
    const pieces = diffTexts(words.join(" "), edited.join(" "));
    expect(pieces.filter(({ kind }) => kind !== "same").map(({ text }) => text)).toEqual([
      "w3",
      "first",
      "w1980",
      "last",
    ]);
    expect(marked(pieces)).toMatch(
      /^w0 w1 w2 \[-w3-\]\{\+first\+\} w4 .{10,40}….{10,40} \[-w1980-\]/,
    );
  });

  test("are two texts where too much stands between the first difference and the last", () => {
    const far = "word ".repeat(20_000);
    const [before, after] = [`one ${far}two`, `1 ${far}2`];
    expect(diffTexts(before, after)).toEqual([
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]);
  });

  test("are cut anywhere behind a difference where no word ends", () => {
    const same = "x".repeat(300);
    expect(marked(diffTexts(`1 ${same}`, `2 ${same}`))).toBe(`[-1-]{+2+} ${"x".repeat(39)}…`);
    const spaced = `${same} ${same}`;
    expect(marked(diffTexts(`1 ${spaced}`, `2 ${spaced}`))).toBe(`[-1-]{+2+} ${"x".repeat(39)}…`);
  });

  test("are shown as far as there is room, and what is not is counted", () => {
    const pieces = diffTexts("a b c", "1 b 2");
    expect(fitPieces(pieces, 100)).toEqual({ shown: pieces, hidden: 0 });
    expect(fitPieces(pieces, Infinity)).toEqual({ shown: pieces, hidden: 0 });
    const { shown, hidden } = fitPieces(pieces, 5);
    expect([marked(shown), hidden]).toEqual(["[-a-]{+1+} b ", 2]);
    const long = fitPieces(comparePieces("a".repeat(30), "b".repeat(30)), 20);
    expect(marked(long.shown)).toBe("[-aaaaaaaaa…-]{+bbbbbbbbb…+}");
    expect(long.hidden).toBe(42);
    expect(fitPieces(comparePieces("same text", "same text"), 4)).toMatchObject({ hidden: 0 });
  });

  test("are cut before a difference that hidden characters precede", () => {
    const hidden = "\u200b".repeat(100);
    expect(marked(diffTexts(`${hidden} old`, `${hidden} new`))).toBe(
      `…${"\\u200b".repeat(7).slice(-39)} [-old-]{+new+}`,
    );
  });

  test("are cut behind a difference that hidden characters follow", () => {
    const hidden = "\u200b".repeat(100);
    expect(marked(diffTexts(`old ${hidden}`, `new ${hidden}`))).toBe(
      `[-old-]{+new+} ${"\\u200b".repeat(7).slice(0, 38)}…`,
    );
  });

  test("are never cut within a pair of surrogates", () => {
    for (const length of [90, 91]) {
      const same = "👩".repeat(length);
      for (const pieces of [
        diffTexts(`x${same}1${same}`, `y${same}2${same}`),
        diffTexts(`${same}1`, `${same}2`),
        diffTexts(`${same}👩`, `${same}👨`),
        diffTexts(`x${same}12`, `y${same}3${same}`),
      ]) {
        expect(marked(pieces)).not.toContain("\\u");
      }
    }
  });

  test("of any length cost little, and say that they are cut", () => {
    const huge = "word ".repeat(400_000);
    const started = performance.now();
    const pieces = diffTexts(`${huge}old ${huge}`, `${huge}new ${huge}`);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(marked(pieces)).toMatch(/^…(?:word )+\[-old-\]\{\+new\+\}(?: word)+…$/);
  });
});

describe("the places that differ", () => {
  test("are the whole texts where they are short", () => {
    expect(windowsOf("0.41", "0.38", 120)).toEqual(["0.41", "0.38"]);
  });

  test("begin at a word shortly before the first difference", () => {
    const same = "some words of a sentence ".repeat(10);
    const [old, young] = windowsOf(`${same}old`, `${same}new`, 120);
    expect([old, young]).toEqual([
      "…of a sentence some words of a sentence old",
      "…of a sentence some words of a sentence new",
    ]);
  });

  test("begin anywhere in a text without words", () => {
    const [old] = windowsOf(`${"x".repeat(300)}1`, `${"x".repeat(300)}2`, 120);
    expect(old).toBe(`…${"x".repeat(40)}1`);
  });
});

describe("a cell in a review", () => {
  test.each([
    ["plain text, 1.0", "plain text, 1.0"],
    ["", ""],
    ["a\nb\r\nc\rd", "a↵b↵c↵d"],
    [" a  b ", "␣a␣␣b␣"],
    ["a é b", "a é b"],
    ["tab\t nbsp\u00a0", "tab\\u0009 nbsp\\u00a0"],
    ["\u202egnp.exe\u200b", "\\u202egnp.exe\\u200b"],
    ["\u{e0001}", "\\udb40\\udc01"],
    ["\ud800", "\\ud800"],
  ])("%j is shown as %j", (text, shown) => {
    expect(showCell(text)).toBe(shown);
  });

  test("says so where it looks as it did and is not", () => {
    expect(showCells("a\nb", "a\r\nb")).toEqual(["a↵b", "a↵b (looks the same, is not)"]);
    expect(showCells("\u00e9", "e\u0301")[1]).toBe("e\u0301 (looks the same, is not)");
    expect(showCells("a", "b")).toEqual(["a", "b"]);
  });

  test("takes time in proportion to its length", () => {
    const started = performance.now();
    showCell(`${"a ".repeat(200_000)}\u200b`);
    showCell(`${" ".repeat(400_000)}x`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
