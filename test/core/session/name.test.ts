import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { isSessionName, parseSessionName } from "../../../src/core/session/name.ts";

describe("a session name", () => {
  test.each([
    "a",
    "0",
    "lr-sweep",
    "lr_sweep.v2",
    "experiment-20260102-030405",
    "x".repeat(64),
    "com",
    "com10",
    "console",
    "nul-1",
    "falcon",
    "recon.x",
  ])("%s is accepted", (name) => {
    expect(parseSessionName(name)).toBe(name);
    expect(isSessionName(name)).toBe(true);
  });

  test.each([
    ["", "is empty"],
    ["LR", "is not a folder name"],
    ["-lr", "is not a folder name"],
    [".git", "is not a folder name"],
    ["a/b", "is not a folder name"],
    ["a\\b", "is not a folder name"],
    ["a b", "is not a folder name"],
    ["a\n", "is not a folder name"],
    ["é", "is not a folder name"],
    ["x".repeat(65), "is not a folder name"],
    ["a..b", 'contains ".."'],
    ["a.", "ends with a dot"],
    ["con", "is a device on Windows"],
    ["nul.txt", "is a device on Windows"],
    ["com1", "is a device on Windows"],
    ["lpt9.x", "is a device on Windows"],
  ])("%j is refused because it %s", (name, reason) => {
    expect(() => parseSessionName(name)).toThrow(InputError);
    expect(() => parseSessionName(name)).toThrow(reason);
    expect(() => parseSessionName(name)).toThrow(
      expect.objectContaining({ remedy: expect.stringMatching(/^Use 1 to 64 lower-case letters/) }),
    );
    expect(isSessionName(name)).toBe(false);
  });
});
