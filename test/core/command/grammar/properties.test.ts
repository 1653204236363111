import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeProblem } from "../../../../src/core/command/describe-problem.ts";
import { mayHoldCommand } from "../../../../src/core/command/may-hold-command.ts";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { parseForm } from "../../../../src/core/command/parse-form.ts";
import { renderCommand } from "../../../../src/core/command/render-command.ts";
import { anyCommand, anyText } from "../../../builders/command.ts";

/** What is wrong with a reading, whatever the body was; the parser's own words are not trusted. */
function checkReading(body: string): void {
  const read = parseComment(body);
  if (read.kind === "none") return;
  expect(mayHoldCommand(body)).toBe(true);
  const lines = body.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  if (read.kind === "commands") {
    for (const { command, line, source } of read.commands) {
      expect(lines[line - 1]).toBe(source);
      expect(source.toLowerCase().startsWith(`/${command.name}`)).toBe(true);
      const again = parseComment(renderCommand(command));
      expect(again).toMatchObject({ kind: "commands", commands: [{ line: 1 }] });
      expect(again.kind === "commands" && again.commands[0]?.command).toEqual(command);
    }
    return;
  }
  expect(read.problems.length).toBeGreaterThan(0);
  for (const problem of read.problems) {
    expect(lines[problem.line - 1]).toBe(problem.source);
    expect(problem.column ?? 1).toBeLessThanOrEqual([...problem.source].length + 1);
    expect(describeProblem(problem)).not.toMatch(/##\[|^\s*::/m);
  }
}

const COMMAND_LINES = [
  "/note a b",
  "/status",
  "/Propose x",
  "/propose",
  "/approve a b",
  "/result a value=1",
  "/reject a because",
  "/launch",
  "/nope",
  "/note a “b”",
  "/note 'a",
  "/cancel a\tb",
  "hypothesis: h",
  "parent: p",
];
const BLOCK_PIECES = [
  "```",
  "~~~",
  "> ",
  "- ",
  "1. ",
  "    ",
  "\t",
  "<!--",
  "-->",
  "<details>",
  "</details>",
  "<pre>",
  "# ",
  "===",
  "---",
  "| a |",
  "|---|",
  "[a]: b",
  "[^1]: ",
  "`",
  "*",
  "[",
  "](b)",
  "\\",
  "\u00a0",
  "\uFEFF",
  "\r",
  "\r\n",
  "\n",
  "\n\n",
  "### Hypothesis",
  "### Mode",
];

const anyBody = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...COMMAND_LINES).map((line) => `\n${line}\n`) },
      { weight: 4, arbitrary: fc.constantFrom(...BLOCK_PIECES) },
      { weight: 1, arbitrary: anyText },
      { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(""));

describe("whatever a body is", () => {
  test("it is read without an error being thrown, and what is read stands there", () => {
    fc.assert(fc.property(anyBody, checkReading), { numRuns: 20_000 });
  });

  test("a form is read without an error being thrown", () => {
    fc.assert(
      fc.property(anyBody, anyBody, (one, other) => {
        const read = parseForm(`${one}\n\n### Hypothesis\n\n${other}`);
        expect(["none", "commands", "invalid"]).toContain(read.kind);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a command's canonical form is read as the same command", () => {
  fc.assert(
    fc.property(anyCommand, (command) => {
      const canonical = renderCommand(command);
      expect(canonical).not.toContain("\n");
      const read = parseComment(canonical);
      expect(read).toEqual({
        kind: "commands",
        commands: [{ command, line: 1, source: canonical }],
      });
    }),
    { numRuns: 5000 },
  );
});

/** Blocks of which a reader of CommonMark's and GitHub's specifications knows where `@` stands: in plain text or not. */
const MASKED = [
  "```\n@\n```",
  "~~~~ sh\n@\n~~~\n@\n~~~~",
  "> @",
  "> a\n@",
  "> a\n> b\n@",
  "> - a\n@",
  "a\n\n    @",
  "\t@",
  "<!--\n@\n-->",
  "<!-- a\n\n@\n\n-->",
  "a <!-- b\n@\n--> c",
  "<div>\n@\n</div>",
  "<pre>\n@\n\n@\n</pre>",
  "<details>\n\n@\n\n</details>",
  "<details><summary>a</summary>\n\n@\n\nb\n@\n\n</details>",
  "<blockquote>\n\n@\n\n</blockquote>",
  "a `b\n@ c` d",
  "``a\n@\n``",
  "[a\n@\n](b)",
  "![a\n@\n](b)",
  '[a](b "\n@\n")',
  "[a\n@\n][label]",
  "*a\n@ b*",
  "**a\n@ b**",
  "__a\n@ b__",
  "~~a\n@ b~~",
  "a | b\n--|--\n@ | c",
  "@\n---",
  "@\n===",
  "[^1]: a\n@",
  "- @",
  "1. a\n\n   @",
  "- a\n  - b\n\n        @",
  " @",
  "\\@",
  "\u00a0@",
  "a <code>\n@\n</code>",
  '<a title="\n@\n">b</a>',
  "<script>\n@\n\n@\n</script>",
];
const PLAIN = [
  "@",
  "a\n@",
  "@\n@",
  "- a\n@",
  "1. a\n   b\n@",
  "- a\n  - b\n@",
  "*a* b\n@",
  "a * b\n@",
  "`a` b\n@",
  "[a](b)\n@",
  "a [ b\n@",
  "a < b\n@",
  "![a](b)\n@",
  "<span>a</span>\n@",
  "www.example.org\n@",
  "a\\\n@",
  "a  \n@",
  "a&amp;\n@",
  "~ a\n@",
  "`<details>`\n@",
  "a | b\n@",
];

const block = fc.oneof(
  fc.constantFrom(...MASKED).map((text) => ({ text, isPlain: false })),
  fc.constantFrom(...PLAIN).map((text) => ({ text, isPlain: true })),
);

test("every command in plain text is found, and none in any other", () => {
  fc.assert(
    fc.property(
      fc.array(block, { minLength: 1, maxLength: 6 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      (blocks, lineEnd) => {
        const expected: string[] = [];
        let count = 0;
        const texts = blocks.map(({ text, isPlain }) =>
          text.replaceAll("@", () => {
            count += 1;
            if (isPlain) expected.push(`e${count}`);
            return `/baseline e${count}`;
          }),
        );
        const body = [...texts, "[label]: c"].join("\n\n").replaceAll("\n", lineEnd);
        fc.pre(expected.length <= 10);
        const read = parseComment(body);
        const found = read.kind === "commands" ? read.commands.map(({ command }) => command) : read;
        const wanted = expected.map((id) => ({ name: "baseline", id }));
        expect(found).toEqual(wanted.length === 0 ? { kind: "none" } : wanted);
      },
    ),
    { numRuns: 10_000 },
  );
});
