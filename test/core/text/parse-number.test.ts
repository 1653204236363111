import { expect, it } from "vitest";
import { parseNumber } from "../../../src/core/text/parse-number.ts";

it.each([
  ["0.97", 0.97],
  ["+1.", 1],
  [".5", 0.5],
  ["-1e-3", -0.001],
  ["-0", 0],
])("%s is the number %d", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

it.each(["", ".", "1,5", "1_000", "0x10", "nan", "Infinity", "1e999", " 1"])(
  "%j is no number",
  (text) => {
    expect(parseNumber(text)).toBeUndefined();
  },
);
