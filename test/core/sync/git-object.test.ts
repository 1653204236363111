import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import {
  assertFolder,
  assertRegularFile,
  FOLDER_MODE,
  hashBlob,
  selectFiles,
} from "../../../src/core/sync/git-object.ts";

// printf a | git hash-object --stdin, in a repository of either hash
it.each([
  [40, "2e65efe2a145dda7ee51d1741299f848e5bf752e"],
  [64, "eb337bcee2061c5313c9a1392116b6c76039e9e30d71467ae359b36277e17dc7"],
])("a file is named by the hash whose object ids have %d digits", (digits, oid) => {
  expect(hashBlob(Buffer.from("a"), "0".repeat(digits), createHash)).toBe(oid);
});

it.each(["100644", "100755"])("a file of mode %s is read", (mode) => {
  expect(() => assertRegularFile("a.csv", mode)).not.toThrow();
});

it.each([
  ["120000", "a.csv: is a symlink in git, and only regular files are read."],
  ["160000", "a.csv: is not a regular file (mode 160000) in git, and only regular files are read."],
])("a file of mode %s is refused", (mode, message) => {
  expect(() => assertRegularFile("a.csv", mode)).toThrow(LogError);
  expect(() => assertRegularFile("a.csv", mode)).toThrow(message);
});

it("a folder is where sessions stand, and nothing else is", () => {
  expect(() => assertFolder("experiments", FOLDER_MODE)).not.toThrow();
  expect(() => assertFolder("experiments", "120000")).toThrow(LogError);
  expect(() => assertFolder("experiments", "120000")).toThrow(
    "experiments: is a file or a symlink",
  );
});

it("files are selected that a commit has, and none that is not regular", () => {
  const entries = new Map([
    ["a.csv", { oid: "a".repeat(40), mode: "100644" }],
    ["link.csv", { oid: "b".repeat(40), mode: "120000" }],
  ]);
  expect(selectFiles(entries, ["absent.csv", "a.csv"])).toEqual([
    { path: "a.csv", oid: "a".repeat(40) },
  ]);
  expect(() => selectFiles(entries, ["a.csv", "link.csv"])).toThrow("link.csv: is a symlink");
});
