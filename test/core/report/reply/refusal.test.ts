import { expect, test } from "vitest";
import type { CommandProblem } from "../../../../src/core/command/command.ts";
import { describeProblem } from "../../../../src/core/command/describe-problem.ts";
import { renderReply } from "../../../../src/core/report/reply/render-reply.ts";

function refusal(
  problems: readonly CommandProblem[],
  { prefix, isForm }: { readonly prefix?: string; readonly isForm?: boolean } = {},
): string {
  return renderReply({
    comment: {
      author: { login: "mira", id: "1" },
      url: "https://github.com/o/r/issues/1#issuecomment-7",
    },
    mayLaunch: false,
    redact: (text) => text,
    ...(prefix === undefined ? {} : { prefix }),
    content: { kind: "refused", problems, ...(isForm === undefined ? {} : { isForm }) },
  });
}

const PROBLEM: CommandProblem = {
  line: 2,
  source: '/note exp-1 "open',
  column: 13,
  sentence: "the quote is not closed",
  usage: "/note <id> <text>",
};

test("a refused comment is answered by every error, and how to go on", () => {
  const markdown = refusal([PROBLEM, { line: 3, source: "/aprove x", sentence: "unknown" }]);
  expect(markdown).toMatch(/^\*\*Nothing was applied\.\*\* There are 2 errors:\n\n```text\n/);
  expect(markdown).toContain(describeProblem(PROBLEM));
  expect(markdown).toContain(
    "Post it again as a new comment, since edits are not read; `/help` lists every command.",
  );
  expect(markdown).toMatch(/\nIn answer to \[commands\]\(https:.*\) of mira\.\n$/);
});

test("one error is one, and the prefix is said", () => {
  const markdown = refusal([PROBLEM], { prefix: "exp" });
  expect(markdown).toContain("There is 1 error:");
  expect(markdown).toContain("`/exp help`");
});

test("an issue form is to be opened again, for it is no comment", () => {
  const markdown = refusal([PROBLEM], { isForm: true });
  expect(markdown).toContain("Open a new issue from the form, since edits are not read");
  expect(markdown).not.toContain("Post it again");
});

test("of errors that no comment could hold the first are shown", () => {
  const sentence = "wrong ".repeat(300);
  const problems = Array.from({ length: 640 }, (_, at) => ({ ...PROBLEM, line: at, sentence }));
  const markdown = refusal(problems);
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain("There are 640 errors:");
  expect(markdown).toMatch(/\n\d+ more errors are not shown\.\n/);
});

test("an error's own fences and mentions stay within its fence", () => {
  const source = "```\n@octocat <!-- x -->";
  const markdown = refusal([{ line: 1, source, sentence: source }]);
  expect(markdown).toContain("````text\n");
  expect(markdown).not.toContain("@octocat");
  expect(markdown).not.toContain("<!--");
});
