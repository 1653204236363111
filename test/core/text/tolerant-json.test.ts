import { describe, expect, it } from "vitest";
import { isDeeperThan, parseJson, replaceWords } from "../../../src/core/text/tolerant-json.ts";

const INFINITE = Number.POSITIVE_INFINITY;

describe("the words of Python's json", () => {
  it.each([
    ["[NaN, Infinity, -Infinity]", [INFINITE, INFINITE, -INFINITE]],
    [
      '{"a": NaN, "NaN": "Infinity", "b\\"": "x NaN"}',
      { a: INFINITE, NaN: "Infinity", 'b"': "x NaN" },
    ],
    ['["a\\\\", NaN, "b"]', ["a\\", INFINITE, "b"]],
    ['["\\n\\"NaN\\t", NaN]', ['\n"NaN\t', INFINITE]],
  ])("%s is read with numbers that are not finite, and strings as they are", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it.each(["[1NaN]", "[-NaN]", "[NaNs]", "[+Infinity]", "[nan]", "[1,]", "[1.Infinity]"])(
    "%s is no JSON even so",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it("are replaced outside strings alone", () => {
    expect(replaceWords('"NaN" NaN "-Infinity\\"" -Infinity', (word) => `<${word}>`)).toBe(
      '"NaN" <NaN> "-Infinity\\"" <-Infinity>',
    );
  });
});

describe("depth", () => {
  it.each([
    [0, 7, false],
    [0, null, false],
    [0, "x", false],
    [0, [], true],
    [1, [], false],
    [1, { a: null, b: 1 }, false],
    [1, [{}], true],
    [2, { a: [1], b: {} }, false],
    [1, [1, 2, [3]], true],
    [2, { a: 1, b: { c: [] } }, true],
    [3, { a: 1, b: { c: [] } }, false],
  ])("is more than %d levels in %j: %s", (levels, value, isDeeper) => {
    expect(isDeeperThan(levels, value)).toBe(isDeeper);
  });
});
