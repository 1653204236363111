import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inertText, shortenText, visibleText } from "../../../src/core/text/escape.ts";

const WJ = "\u2060";

describe("visible text", () => {
  test.each([
    ["a\tb\r\n\r\nc\u2028d", "a b c d"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["\u001b[31mred\u0000", "\\u001b[31mred\\u0000"],
    ["zero\u200bwidth\ufeff\u00ad\u2060", "zerowidth"],
    ["tag\u{e0041}\u{e007f}", "tag"],
    ["\ud800 alone", "\\ud800 alone"],
    ["a\u200db", "ab"],
    ["👩‍👩‍👧 and ❤️‍🔥 and 👍🏽", "👩‍👩‍👧 and ❤️‍🔥 and 👍🏽"],
    ["naïve Ünïcode 汉字 עברית", "naïve Ünïcode 汉字 עברית"],
  ])("of %j is %j", (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  test("is the same the second time, and on one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = visibleText(text);
        expect(visibleText(once)).toBe(once);
        expect(once).not.toMatch(/[\n\r]/);
      }),
    );
  });
});

describe("inert text", () => {
  test.each([
    ["@octocat", `@${WJ}octocat`],
    ["a@b.c", `a@${WJ}b.c`],
    ["#12", `#${WJ}12`],
    ["GH-12 gh-3", `GH-${WJ}12 gh-${WJ}3`],
    ["https://x.y", `https:${WJ}//x.y`],
    ["www.x.y", `www${WJ}.x.y`],
    ["0123456789abcdef0123456789abcdef01234567", `012345${WJ}6789abcdef0123456789abcdef01234567`],
    ["deadbee5", `deadbe${WJ}e5`],
    ["<!-- x -->", `<${WJ}!-- x --${WJ}>`],
    ["@\u200boctocat", `@${WJ}octocat`],
  ])("of %j shows the same and acts on nothing", (text, inert) => {
    expect(inertText(text)).toBe(inert);
  });

  test.each([
    "job-0000013",
    "gpu01/job-0000013~2",
    "lr 3e-4 -> 1e-4",
    "C:\\x",
    "10:30",
    "1000000",
    "a # b",
    "exp-031",
  ])("leaves %j as it is", (text) => {
    expect(inertText(text)).toBe(text);
  });

  test("without the joiners is the visible text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(inertText(text).replaceAll(WJ, "")).toBe(visibleText(text));
      }),
    );
  });
});

describe("shortened text", () => {
  test.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["a long text of words", 10, "a long te…"],
    ["words end here now", 11, "words end…"],
    ["👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 12, "👩‍👩‍👧…"],
    ["e\u0301e\u0301e\u0301e\u0301", 6, "e\u0301e\u0301…"],
    ["🇩🇪🇫🇷🇮🇹", 8, "🇩🇪…"],
    [`z${"\u0351".repeat(50)}`, 10, `z${"\u0351".repeat(8)}…`],
    [`👩${"\u200d👩".repeat(30)}`, 8, "👩\u200d👩\u200d…"],
    [`👩${"\u200d👩".repeat(30)}`, 9, "👩\u200d👩\u200d👩…"],
  ])("%j to %i is %j", (text, limit, short) => {
    expect(shortenText(text, limit)).toBe(short);
  });

  test("is never longer than the limit and never ends in half a character", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (its, limit) => {
        const short = shortenText(its, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
