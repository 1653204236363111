import { expect, it } from "vitest";
import { escapeInvisible } from "../../../src/core/text/invisible.ts";

it.each([
  ["a b", "a b"],
  ["a\u00a0b", "a\\u00a0b"],
  ["#\u200b#[", "#\\u200b#["],
  ["\u{e0001}", "\\udb40\\udc01"],
  ["\n", "\\u000a"],
  ["é ✓", "é ✓"],
])("%j is shown as %j", (text, shown) => {
  expect(escapeInvisible(text)).toBe(shown);
});
