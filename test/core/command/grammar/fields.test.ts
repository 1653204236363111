import { describe, expect, test } from "vitest";
import { commandsOf, problemsOf } from "./read.ts";

const fieldsOf = (body: string) => {
  const [command] = commandsOf(body);
  return command?.name === "propose" ? command.fields : undefined;
};

describe("the lines below /propose", () => {
  test("are fields, each running on until the next", () => {
    const body = [
      "/propose a",
      "Hypothesis: one",
      "",
      "two",
      "EXPECT : three",
      "  change:four",
      "command:",
      "python a.py \\",
      "  --lr 1",
      "config: c.yml",
      "task: t",
      "metric: loss",
      "mode: min",
      "parent: p q",
      "",
    ].join("\r\n");
    expect(fieldsOf(body)).toEqual({
      hypothesis: "one\n\ntwo",
      expect: "three",
      change: "four",
      command: "python a.py \\\n  --lr 1",
      config: "c.yml",
      task: "t",
      metric: "loss",
      mode: "min",
      parent: "p q",
    });
  });

  test("are the hypothesis before the first field", () => {
    expect(
      fieldsOf(
        "/propose\nIt learns.\n\nnote: really\n    parent: no\n- parent: no\nparents: no\nparent: p",
      ),
    ).toEqual({
      hypothesis: "It learns.\n\nnote: really\n    parent: no\n- parent: no\nparents: no",
      parent: "p",
    });
  });

  test("are no fields within a fence", () => {
    expect(fieldsOf("/propose\n```yaml\nconfig: x\n```\nabove")).toEqual({
      hypothesis: "```yaml\nconfig: x\n```\nabove",
    });
  });

  test("may give a field as one fence", () => {
    expect(
      fieldsOf("/propose\nh\ncommand:\n```sh\npython a.py\n```\nchange:\n~~~~\n~~~\nb\n~~~~\n"),
    ).toEqual({ hypothesis: "h", command: "python a.py", change: "~~~\nb" });
  });

  test.each([
    ["two fences", "```\na\n```\n```\nb\n```"],
    ["a fence and text", "```\na\n```\nb"],
    ["a fence that is never closed", "```\na"],
    ["code within a line", "```a```\nb\n```"],
  ])("keep %s as they are", (_, text) => {
    expect(fieldsOf(`/propose\n${text}`)).toEqual({ hypothesis: text });
  });

  test("leave no field empty, no more than keys do", () => {
    const sentences = (body: string) =>
      problemsOf(body).map(({ line, sentence }) => `${line}: ${sentence}`);
    const remedy = "is empty; write it behind the colon, or leave the line out.";
    expect(sentences("/propose\nparent:\nhypothesis: h\nexpect:   \n\nhypothesis:")).toEqual([
      `2: The parent ${remedy}`,
      `4: The expect ${remedy}`,
      `6: The hypothesis ${remedy}`,
    ]);
    expect(sentences("/propose\nhypothesis:\n")).toEqual([
      expect.stringContaining("1: The hypothesis is missing"),
    ]);
  });

  test("and a key may say the same", () => {
    expect(fieldsOf('/propose parent=p hypothesis=" h "\nparent: p\nhypothesis: h')).toEqual({
      parent: "p",
      hypothesis: "h",
    });
  });

  test("but not something else", () => {
    expect(problemsOf("/propose parent=p\nh\nparent: q")).toEqual([
      expect.objectContaining({
        line: 3,
        source: "parent: q",
        sentence: "The parent here is another than parent= of the command; give it once.",
      }),
    ]);
  });

  test.each([
    [
      "a field twice",
      "x\n\n/propose\nparent: a\nhypothesis: h\nparent: a",
      6,
      /^The parent is given on line 4 already/,
    ],
    [
      "a hypothesis before its field",
      "/propose\nh\nhypothesis: h",
      3,
      /^The hypothesis is given on line 2/,
    ],
    ["an unknown mode", "/propose\nh\nmode: Max", 3, /^"Max" is no mode/],
    ["a parent above 4 KiB", `/propose\nh\nparent: ${"a".repeat(4097)}`, 3, /at most 4 KiB/],
  ])("must not give %s", (_, body, line, sentence) => {
    const [problem, ...others] = problemsOf(body);
    expect(problem).toMatchObject({ line, source: body.split("\n")[line - 1] });
    expect(problem?.sentence).toMatch(sentence);
    expect(problem).not.toHaveProperty("column");
    expect(others).toEqual([]);
  });
});
