import { describe, expect, test } from "vitest";
import { describeProblem } from "../../../../src/core/command/describe-problem.ts";
import { problemsOf } from "./read.ts";

describe("a described problem", () => {
  test("shows the line, the place, what is wrong and the usage", () => {
    const [problem] = problemsOf("Hello\n/best high");
    expect(problem && describeProblem(problem)).toBe(
      [
        'Line 2: "high" is no whole number from 1 to 50.',
        "    /best high",
        "          ^",
        "Usage: /best [n]",
      ].join("\n"),
    );
  });

  test("has no caret where the whole line is meant, and no usage where there is none", () => {
    expect(describeProblem({ line: 1, source: "a", sentence: "No." })).toBe("Line 1: No.\n    a");
  });

  test("shows only the part of a long line that is meant", () => {
    const source = `${"a".repeat(100)}😀${"b".repeat(100)}`;
    expect(describeProblem({ line: 1, source, column: 102, sentence: "No." }).split("\n")).toEqual([
      "Line 1: No.",
      `    …${"a".repeat(59)}😀${"b".repeat(40)}…`,
      `    ${" ".repeat(61)}^`,
    ]);
  });

  test("shows what is invisible, and nothing that the runner obeys", () => {
    const source = "/note\t\u202e##[error]x";
    const [, shown, caret] = describeProblem({ line: 1, source, column: 9, sentence: "No." }).split(
      "\n",
    );
    expect(shown).toBe("    /note\\u0009\\u202e#\\u0023[error]x");
    expect(caret).toBe(`    ${" ".repeat(18)}^`);
    expect(
      describeProblem({ line: 1, source: "::error::x", column: 1, sentence: "No." }),
    ).toContain("    \\u003a:error::x\n");
  });
});
