import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCell } from "../../../src/core/log/cells.ts";
import { CSV_PARSE_OPTIONS } from "../../../src/core/log/explain-malformed.ts";
import { indexRecords, isMalformed } from "../../../src/core/log/index-records.ts";

/** Texts in which everything that matters to CSV is frequent. */
const csvText = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom('"', '""', ",", "\n", "\r\n", "a", " ", '","', "é", "🔧", "x,y"),
      },
      { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

function cellsByIndex(text: string): string[][] | "refused" {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const index = indexRecords(bytes, 0);
  if (isMalformed(index)) return "refused";
  return Array.from({ length: index.count }, (_, record) =>
    Array.from({ length: index.width }, (__, field) => decodeCell(index, record, field)),
  );
}

function cellsByCsvParse(text: string): string[][] | "refused" {
  try {
    return parse(Buffer.from(text, "utf8"), {
      ...CSV_PARSE_OPTIONS,
      bom: false,
    }) as unknown as string[][];
  } catch {
    return "refused";
  }
}

/** Outside quotes a carriage return without a line feed is refused here on purpose; csv-parse keeps it. */
function hasLoneReturn(text: string): boolean {
  return /\r(?!\n)/.test(text);
}

describe("indexRecords", () => {
  it("agrees with csv-parse on what a record is, for 20,000 texts", () => {
    fc.assert(
      fc.property(csvText, (text) => {
        fc.pre(!hasLoneReturn(text) && !text.startsWith("\uFEFF"));
        const [ours, theirs] = [cellsByIndex(text), cellsByCsvParse(text)];
        if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs);
      }),
      { numRuns: 20_000 },
    );
  });

  it("never reads a file that csv-parse refuses, lone carriage returns included", () => {
    fc.assert(
      fc.property(
        csvText.map((text) => text.replaceAll("\r\n", "\r")),
        (text) => {
          const ours = cellsByIndex(text);
          if (ours !== "refused") expect(ours).toEqual(cellsByCsvParse(text));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("keeps CRLF rows under an LF header apart", () => {
    expect(cellsByIndex("a,b\n1,2\r\n3,4\r\n")).toEqual([
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ]);
  });
});
