import { expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import {
  assertFolder,
  assertRegularFile,
  blobHeader,
  FOLDER_MODE,
  hashAlgorithmOf,
  selectFiles,
} from "../../../src/core/sync/git-object.ts";

it("git hashes a blob behind its kind and length", () => {
  expect(blobHeader(12)).toBe("blob 12\0");
});

it("an object id tells the hash", () => {
  expect(hashAlgorithmOf("a".repeat(40))).toBe("sha1");
  expect(hashAlgorithmOf("a".repeat(64))).toBe("sha256");
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
