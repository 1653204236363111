import { describe, expect, test } from "vitest";
import { mayHoldCommand } from "../../../../src/core/command/may-hold-command.ts";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { parseForm } from "../../../../src/core/command/parse-form.ts";
import { processorTime } from "../../processor-time.ts";

const SIZE = 65_000;
/** Milliseconds of a slow core; most take a twentieth of it, and what is not linear takes tens of seconds. */
const BOUND = 2000;

function fill(piece: string, size = SIZE): string {
  return piece.repeat(Math.floor(size / piece.length));
}

/** Lines, as many as are read. */
function lines(piece: string, count = 2900): string {
  return fill(piece).split("\n").slice(0, count).join("\n");
}

const ladder = (step: string) =>
  Array.from({ length: 300 }, (_, depth) => `${step.repeat(depth)}- a`).join("\n");

const WITHIN_PARAGRAPHS = [
  "*",
  "*a ",
  "*a_ ",
  "_a *b ",
  "**a*",
  "***a** b* ",
  "*~_",
  "_*",
  "a_b",
  "~~a ",
  "~a~~ ",
  "[",
  "![",
  "[a](b) ",
  "[a](b",
  "[a](<b",
  '[a]("b',
  "[a][b]",
  "[[a](",
  "[]",
  "[^a]",
  "`a ",
  "` `` ",
  "<",
  "<a ",
  "<a@",
  "<http:",
  "<!--",
  "a<!--",
  "a<?",
  "a<!A",
  "a<![CDATA[",
  "<!-- a -->",
  "<code>",
  "</code>",
  "&",
  "&amp;",
  "\\",
  "\\*",
  "www.",
  "http://a.b ",
  "a@",
  "a@b.c ",
  "a.b-c_d",
  '"',
  "“",
  "'",
  '\\"',
  " ",
  "\t",
  "\u00a0",
  "😀",
  "/note a ",
  "=",
  "a=1 ",
  "session=a ",
  "--force ",
  "|",
  "a|",
];
const BLOCKS = [
  "a\n",
  "\n",
  "a  \n",
  "> a\nb\n",
  "> \n",
  ">\t",
  ">",
  "> - ",
  "- ",
  "1. ",
  "- a\n",
  "- - - a\nb\n",
  "- [ ] a\n",
  "# a\n",
  "a\n=\n",
  "[a\n",
  "[a]: b\n",
  "[a]:\n",
  "[^a]: b\n",
  "[^a]: ",
  "```\n",
  "~~~\na\n",
  "<details>\n\n",
  "<!--\n\n",
  "<!-- a -->\n",
  "|a|b\n|-|-\n",
  "a|b\n",
  "/note a b\n",
  "/note a\n\n",
  "/status\n> ",
  "hypothesis: a\n",
  "\r",
  "\t- a\n",
];

const HOSTILE: readonly (readonly [string, string])[] = [
  ...WITHIN_PARAGRAPHS.flatMap((piece): [string, string][] => [
    [`${piece} before a command`, `${fill(piece)}\n/note a b`],
    [
      `${piece} before a command, as much as is read`,
      `${fill(piece, 1450 * piece.length)}\n/note a b`.slice(-SIZE),
    ],
    [`${piece} below a command`, `/note a b\n${fill(piece)}`],
    [`${piece} behind a command`, `/note a ${fill(piece)}`],
    [`${piece} for arguments`, `/result ${fill(piece)}`],
  ]),
  ...BLOCKS.flatMap((piece): [string, string][] => [
    [`${piece} before a command`, `${fill(piece)}\n\n/note a b`],
    [`${piece} below a command, as many lines as are read`, `/propose\n${lines(piece)}`],
    [`${piece} before a command, as many lines as are read`, `${lines(piece)}\n/note a b`],
  ]),
  ["nested links", `${"[".repeat(700)}a${"](b)".repeat(700)}\n/note a b`],
  ["nested brackets", `${"[".repeat(700)}a${"]".repeat(700)}\n/note a b`],
  [
    "growing runs of backticks",
    `${Array.from({ length: 52 }, (_, n) => `${"`".repeat(n + 1)} a`).join(" ")}\n/note a b`,
  ],
  ["growing lists", `${ladder(" ")}\n/note a b`],
  [
    "growing quotes",
    `${Array.from({ length: 31 }, (_, n) => `${">".repeat(n + 1)} a`).join("\n")}\n${"b\n".repeat(2800)}\n/note a b`,
  ],
  ["a deep quote that goes on", `${">".repeat(31)} a\n${"b\n".repeat(2800)}\n/note a b`],
  ["a deep list that goes on", `${"- ".repeat(31)} a\n${"b\n".repeat(2800)}\n/note a b`],
  ["deep lists", `${`${"- ".repeat(31)}a\n`.repeat(90)}\n/note a b`],
  ["a wide table", `/note a b\n\n${"|a".repeat(3900)}\n${"|-".repeat(3900)}\n`],
  [
    "definitions and links to them",
    `${Array.from({ length: 1400 }, (_, n) => `[a${n}]: b`).join("\n")}\n\n${Array.from({ length: 360 }, (_, n) => `[c][a${n}]`).join(" ")}\n/note a b`,
  ],
  ["many elements", `${"<code>".repeat(1450)}\n/note a b`],
  ["a long number", `/target ${"1".repeat(60_000)}x`],
  ["a long key", `/result a ${"k".repeat(60_000)}=1`],
  ["a long field", `/propose\n${"k".repeat(60_000)}: v`],
  ["many spaces before a colon", `/propose\nparent${" ".repeat(60_000)}x`],
  ["fences", `/propose\n${"`".repeat(30_000)}\n${"`".repeat(30_000)}`],
];

describe("64 KiB of", () => {
  test.each(HOSTILE)("%j take well below a second", (_, body) => {
    expect(body.length).toBeLessThanOrEqual(66_000);
    expect(mayHoldCommand(body)).toBe(true);
    expect(processorTime(() => parseComment(body))).toBeLessThan(BOUND);
  });

  test.each(BLOCKS)("%j take well below a second in a form", (piece) => {
    const body = `### Hypothesis\n\n${lines(piece)}`;
    expect(processorTime(() => parseForm(body))).toBeLessThan(BOUND);
  });
});
