import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quoteUntrusted, safeLine, safeLines } from "../../../src/core/text/safe-log.ts";

/** Characters .NET's culture-sensitive search may skip, and what a reader cannot see. */
const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** The runner's TryParseV2: white space, `::`, a name, `::`. */
function isCommandV2(line: string): boolean {
  const trimmed = line.trimStart();
  return trimmed.startsWith("::") && trimmed.indexOf("::", 2) > 2;
}

/** The runner's TryParse: `##[` anywhere, a name, `]`. */
function isCommandV1(line: string): boolean {
  const start = line.indexOf("##[");
  return start >= 0 && line.indexOf("]", start) > start + 3;
}

/** What the runner would obey, read both literally and with every unseen character skipped. */
function commandsIn(output: string): string[] {
  return output
    .split(/\r\n|\n|\r/)
    .flatMap((line) => [line, line.replace(UNSEEN, "")])
    .filter((line) => isCommandV1(line) || isCommandV2(line));
}

const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "::",
        ":",
        "#",
        "##[",
        "]",
        "add-mask",
        "set-output name=a",
        "stop-commands",
        "error",
        " ",
        "\t",
        "\n",
        "\r",
        "\u0085",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\u034f",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\ufe0f",
        "\u{e0020}",
        "\ud800",
        "%0A",
        '"',
        "\\",
        "\u001b[31m",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const RUNS = { numRuns: 20_000 };

describe("the port of the runner's parsers", () => {
  test.each([
    "::add-mask::x",
    "  \t::error file=a::b",
    "text ##[add-mask]x",
    "#\u200b#[add-mask]x",
    "\u00ad::debug::x",
  ])("recognises %j", (line) => {
    expect(commandsIn(line)).not.toEqual([]);
  });
});

describe("a quoted value", () => {
  test("starts no command wherever it stands in a line", () => {
    fc.assert(
      fc.property(HOSTILE, (value) => {
        expect(commandsIn(quoteUntrusted(value))).toEqual([]);
        expect(commandsIn(`The job ${quoteUntrusted(value)} is gone`)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("says exactly what was there, in JSON, when it is not cut", () => {
    fc.assert(
      fc.property(HOSTILE, (value) => {
        expect(JSON.parse(quoteUntrusted(value, 10_000))).toBe(value);
      }),
      RUNS,
    );
  });

  test("has no character that cannot be seen", () => {
    fc.assert(
      fc.property(HOSTILE, (value) => {
        expect(quoteUntrusted(value)).not.toMatch(UNSEEN);
      }),
      RUNS,
    );
  });

  test("shows direction overrides and zero-width characters as escapes", () => {
    expect(quoteUntrusted("a\u202eb\u200bc\u00a0d#")).toBe('"a\\u202eb\\u200bc\\u00a0d\\u0023"');
    expect(quoteUntrusted("\u{e0041}")).toBe('"\\udb40\\udc41"');
  });

  test("keeps letters of every script and emoji readable", () => {
    expect(quoteUntrusted("größe 学習 🚀")).toBe('"größe 学習 🚀"');
  });

  test("is cut when it is long, and says so", () => {
    expect(quoteUntrusted("x".repeat(201))).toBe(`"${"x".repeat(200)}"…`);
    expect(quoteUntrusted("abc", 2)).toBe('"ab"…');
    expect(quoteUntrusted("x".repeat(200))).toBe(`"${"x".repeat(200)}"`);
  });
});

describe("a line of the log", () => {
  test("is never a command, whatever it was", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(commandsIn(safeLine(text))).toEqual([]);
        expect(commandsIn(safeLines(text))).toEqual([]);
        expect(safeLine(text)).not.toMatch(/[\r\n]/);
      }),
      RUNS,
    );
  });

  test("stays as it is when it is harmless", () => {
    const line = "experiments/a/session.yml:3:5: std::vector, ## [a](b), 10:30::45";
    expect(safeLine(line)).toBe(line);
  });

  test("keeps the line breaks of a text of several lines", () => {
    expect(safeLines("a\r\n::error::b\n  ##[c]d")).toBe("a\n\\u003a:error::b\n  #\\u0023[c]d");
  });
});
