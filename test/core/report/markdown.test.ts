import { describe, expect, test } from "vitest";
import {
  alert,
  code,
  createSerialiser,
  data,
  dataCode,
  heading,
  link,
  list,
  paragraph,
  strong,
  table,
} from "../../../src/core/report/markdown.ts";
import { settleText } from "../../../src/core/report/outside-text.ts";

const serialise = createSerialiser((text) => text);

describe("an alert", () => {
  test("that begins with a paragraph has its kind on a line before it", () => {
    expect(serialise([alert("TIP", [paragraph("First."), list(["a"])])])).toBe(
      "> [!TIP]\n> First.\n>\n> - a",
    );
  });

  test("that begins with anything else has its kind alone", () => {
    const text = serialise([alert("CAUTION", [list(["a", "b"])])]);
    expect(text.split("\n")[0]).toBe("> [!CAUTION]");
    expect(text).toContain("> - a\n> - b");
  });
});

describe("outside text", () => {
  test("with a pair of $ is not read as mathematics, with one is left as it is", () => {
    expect(serialise([paragraph(data("costs 5$ or $$6"))])).toBe("costs 5`$` or `$$`6");
    expect(serialise([paragraph(data("costs 5$"))])).toBe("costs 5$");
  });

  test("stands in code, but for an empty one", () => {
    expect(serialise([paragraph(dataCode("a*b"))])).toBe("`a*b`");
    expect(serialise([paragraph("a", dataCode(""), "b")])).toBe("ab");
    expect(serialise([paragraph("a", dataCode(" "), "b")])).toBe("a b");
  });

  test("is one text with its neighbours, so that escapes see them", () => {
    const settled = settleText([paragraph("a", ["b", ["c"]], "", code("d"), "e")], (text) => text);
    expect(settled).toMatchObject([
      {
        children: [
          { type: "text", value: "abc" },
          { type: "inlineCode", value: "d" },
          { type: "text", value: "e" },
        ],
      },
    ]);
  });
});

test("headings, links and strong words take what they are given", () => {
  expect(serialise([heading(3, "A ", strong("b")), paragraph(link("https://x.test/y", "z"))])).toBe(
    "### A **b**\n\n[z](https://x.test/y)",
  );
});

test("a table fills each row with its cells and aligns its columns", () => {
  const columns = [
    { head: "n", align: "right" as const, cell: (row: string, at: number) => `${at}${row}` },
    { head: "t", cell: (row: string) => [row, "|"] },
  ];
  expect(serialise([table(columns, ["a", "b"])])).toBe(
    "| n | t |\n| -: | - |\n| 0a | a\\| |\n| 1b | b\\| |",
  );
});
