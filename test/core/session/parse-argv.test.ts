import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseArgv } from "../../../src/core/session/parse-argv.ts";

describe("a command line", () => {
  test.each([
    ["xax queue status --json", ["xax", "queue", "status", "--json"]],
    ["  a \t b\n c ", ["a", "b", "c"]],
    [`a "b c" 'd "e"'`, ["a", "b c", 'd "e"']],
    [`a --x="b c"`, ["a", "--x=b c"]],
    [`a "" b`, ["a", "", "b"]],
    ["a $HOME `id` ;rm|x > y && z", ["a", "$HOME", "`id`", ";rm|x", ">", "y", "&&", "z"]],
    ["C:\\a\\b.exe x", ["C:\\a\\b.exe", "x"]],
  ])("%s is split as %j", (text, argv) => {
    expect(parseArgv(text)).toEqual({ kind: "argv", argv });
  });

  test.each([
    ["", "is empty"],
    [" \n", "is empty"],
    [`a "b`, 'has a " that is never closed'],
    ["a 'b\" c", "has a ' that is never closed"],
    [`"" a`, "names no program"],
    ["a\0b", "contains a NUL character"],
    ["a".repeat(4097), "is longer than 4096 characters"],
  ])("%j is refused because it %s", (text, reason) => {
    expect(parseArgv(text)).toEqual({ kind: "invalid", reason });
  });

  test("arguments without quotes come back as they were written", () => {
    const word = fc.stringMatching(/^[^\s"'\0]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (argv) => {
        expect(parseArgv(argv.join(" "))).toEqual({ kind: "argv", argv });
        expect(parseArgv(argv.map((argument) => `"${argument}"`).join("\t"))).toEqual({
          kind: "argv",
          argv,
        });
      }),
    );
  });
});
