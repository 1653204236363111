import { describe, expect, test } from "vitest";
import { FORM_FIELDS } from "../../../../src/core/command/form-fields.ts";
import { parseForm } from "../../../../src/core/command/parse-form.ts";

function form(answers: Record<string, string>): string {
  return [...FORM_FIELDS.keys()]
    .map((label) => `### ${label}\n\n${answers[label] ?? "_No response_"}`)
    .join("\n\n");
}

describe("an issue form", () => {
  test("is one proposal", () => {
    const body = form({
      "Experiment id": "lr-1",
      Session: "sweep",
      "Parent experiment": "lr 0",
      Hypothesis: "It learns.\n\n### Why\n\nBecause.",
      "Expected outcome": "below 2",
      Change: "the rate",
      Command: "```shell\npython a.py --lr 1\n```",
      Config: "c.yml",
      Task: "t",
      Metric: "loss",
      Mode: "min",
    });
    expect(parseForm(body)).toEqual({
      kind: "commands",
      commands: [
        {
          command: {
            name: "propose",
            id: "lr-1",
            session: "sweep",
            fields: {
              parent: "lr 0",
              hypothesis: "It learns.\n\n### Why\n\nBecause.",
              expect: "below 2",
              change: "the rate",
              command: "python a.py --lr 1",
              config: "c.yml",
              task: "t",
              metric: "loss",
              mode: "min",
            },
            isSweep: false,
          },
          line: body.split("\n").indexOf("### Hypothesis") + 1,
          source: "### Hypothesis",
        },
      ],
    });
  });

  test("may leave everything but the hypothesis open", () => {
    const read = parseForm(
      form({ Hypothesis: "h<!-- hidden -->", Mode: "None" }).replaceAll("\n", "\r\n"),
    );
    expect(read).toMatchObject({
      commands: [{ command: { name: "propose", fields: { hypothesis: "h" }, isSweep: false } }],
    });
  });

  test.each([
    ["an ordinary issue", "It crashes."],
    ["an issue about hypotheses", "Hypothesis: it crashes."],
    ["a heading of another depth", "## Hypothesis\n\nh"],
    ["a heading in a fence", "```\n### Hypothesis\n```"],
    ["a heading in a list", "- a\n\n  ### Hypothesis\n\n  h"],
    ["a heading in a quote", "> ### Hypothesis\n> h"],
    ["an indented heading", " ### Hypothesis\n\nh"],
    ["a heading in HTML", "<div>\n### Hypothesis\n</div>"],
  ])("is not %s", (_, body) => {
    expect(parseForm(body)).toEqual({ kind: "none" });
  });

  test("takes no text of an answer for a heading in a fence", () => {
    const read = parseForm("### Hypothesis\n\n```\n### Mode\n```\nh");
    expect(read).toMatchObject({
      commands: [{ command: { fields: { hypothesis: "```\n### Mode\n```\nh" } } }],
    });
  });

  test("has every problem told by line", () => {
    const body = form({ "Experiment id": "a b", Session: "S", Mode: "up" });
    const read = parseForm(`${body}\n\n### Mode\n\nmin`);
    expect(read).toMatchObject({ kind: "invalid", names: ["propose"] });
    const problems = read.kind === "invalid" ? read.problems : [];
    expect(problems.map(({ source, sentence }) => [source, sentence])).toEqual([
      ["### Experiment id", expect.stringMatching(/^Experiment id: "a b" cannot be a new/)],
      ["### Session", expect.stringMatching(/^Session: "S" is no session's name/)],
      ["### Hypothesis", expect.stringMatching(/^The hypothesis is missing/)],
      ["### Mode", expect.stringMatching(/^Mode: "up" is no mode/)],
      ["### Mode", expect.stringMatching(/^The heading Mode stands here again/)],
    ]);
    for (const { line, source } of problems) {
      expect(`${body}\n\n### Mode`.split("\n")[line - 1]).toBe(source);
    }
  });

  test.each([
    [
      "answers above 16 KiB",
      form({ Hypothesis: "h".repeat(9000), Change: "c".repeat(9000) }),
      /16 KiB/,
    ],
    [
      "a parent above 4 KiB",
      form({ Hypothesis: "h", "Parent experiment": "p".repeat(4097) }),
      /4 KiB/,
    ],
    ["more than a comment holds", form({ Hypothesis: "h".repeat(66_000) }), /65,536/],
    ["a NUL", form({ Hypothesis: "\0" }), /NUL/],
    ["too many lines", form({ Hypothesis: "\n".repeat(3000) }), /3000 lines/],
  ])("must not have %s", (_, body, sentence) => {
    const read = parseForm(body);
    expect(read.kind === "invalid" && read.problems.map((one) => one.sentence)).toEqual([
      expect.stringMatching(sentence),
    ]);
  });

  test("may have several problems at one place", () => {
    const read = parseForm(form({ Change: "c".repeat(17_000) }));
    expect(read.kind === "invalid" && read.problems.map((one) => one.sentence)).toEqual([
      expect.stringMatching(/^The hypothesis is missing/),
      expect.stringMatching(/16 KiB/),
    ]);
  });
});
