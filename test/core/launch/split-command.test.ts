import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitCommand } from "../../../src/core/launch/split-command.ts";

const argvOf = (text: string) => {
  const split = splitCommand(text);
  return split.kind === "argv" ? split.argv : split.reason;
};

describe("a proposal's command", () => {
  test.each([
    ["--lr=1e-4 --name='a b'", ["--lr=1e-4", "--name=a b"]],
    ['python train.py --note="two words"', ["python", "train.py", "--note=two words"]],
    ["'$(id)' '`id`' ';id' '~' '#' '\\'", ["$(id)", "`id`", ";id", "~", "#", "\\"]],
    ['"a;b|c&d<e>f(g)" "~" "#"', ["a;b|c&d<e>f(g)", "~", "#"]],
    ["a~b a#b x=[1,2] y={1,2} *", ["a~b", "a#b", "x=[1,2]", "y={1,2}", "*"]],
    ["--emoji=🚀 --name=שלום", ["--emoji=🚀", "--name=שלום"]],
    ["''", "names no program"],
    ["--x '' y", ["--x", "", "y"]],
  ])("%j is split outside quotes", (text, argv) => {
    expect(argvOf(text)).toEqual(argv);
  });

  test.each([
    [";id", "a `;`"],
    ["a; b", "a `;`"],
    ["a | b", "a `|`"],
    ["a && b", "a `&`"],
    ["a < b", "a `<`"],
    ["a > b", "a `>`"],
    ["(a", "a `(`"],
    ["a)", "a `)`"],
    ["$(id)", "a `$`"],
    ["--home=$HOME", "a `$`"],
    ['"$(id)"', "a `$`"],
    ["`id`", "a backquote"],
    ['"`id`"', "a backquote"],
    ["a\\ b", "a backslash"],
    ['"a\\"b"', "a backslash"],
    ["~/data", "a `~` at the start of a word"],
    ["a ~/data", "a `~` at the start of a word"],
    ["a # b", "a `#` at the start of a word"],
  ])("%j needs a shell, so it is refused", (text, found) => {
    expect(argvOf(text)).toBe(
      `has ${found}, and no shell reads it: put it in single quotes, or leave it out of the command`,
    );
  });

  test.each([
    "a\nb",
    "'a\nb'",
    "a\r",
    "a\tb",
    "a\0b",
    "a\u202eb",
    "a\u200bb",
    "a\ufeffb",
    "\ud800",
  ])("%j hides something from those who approve it, so it is refused", (text) => {
    expect(argvOf(text)).toBe("has a line break, a control character or an invisible character");
  });

  test.each([
    ["'a", "has a ' that is never closed"],
    ['a "b', 'has a " that is never closed'],
    [" ", "is empty"],
    ["x".repeat(4097), "is longer than 4096 characters"],
  ])("%j cannot be split", (text, reason) => {
    expect(argvOf(text)).toBe(reason);
  });

  test("in single quotes is passed on as it is, whatever it is", () => {
    const texts = fc
      .array(
        fc.string({ unit: "grapheme-ascii" }).filter((text) => !text.includes("'")),
        {
          minLength: 1,
          maxLength: 9,
        },
      )
      .filter(([first]) => first !== "");
    fc.assert(
      fc.property(texts, (args) => {
        expect(argvOf(args.map((text) => `'${text}'`).join(" "))).toEqual(args);
      }),
    );
  });
});
