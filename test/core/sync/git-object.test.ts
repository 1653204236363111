import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import {
  assertRegularFile,
  blobHeader,
  hashAlgorithmOf,
} from "../../../src/core/sync/git-object.ts";

describe("a blob's name", () => {
  it("is git's own", () => {
    const bytes = Buffer.from("a,b\r\n1,é\r\n");
    const named = execFileSync("git", ["hash-object", "--no-filters", "--stdin"], { input: bytes });
    const hash = createHash(hashAlgorithmOf(named.toString().trim()));
    expect(hash.update(blobHeader(bytes.length)).update(bytes).digest("hex")).toBe(
      named.toString().trim(),
    );
  });

  it("is longer in a repository with SHA-256", () => {
    expect(hashAlgorithmOf("a".repeat(64))).toBe("sha256");
  });
});

describe("a path in git", () => {
  it("is read when it is a regular file, executable or not", () => {
    expect(() => assertRegularFile("log.csv", "100644")).not.toThrow();
    expect(() => assertRegularFile("log.csv", "100755")).not.toThrow();
  });

  it.each([
    ["120000", "log.csv: is a symlink in git"],
    ["160000", "log.csv: is not a regular file (mode 160000)"],
  ])("is refused with mode %s", (mode, sentence) => {
    expect(() => assertRegularFile("log.csv", mode)).toThrow(LogError);
    expect(() => assertRegularFile("log.csv", mode)).toThrow(sentence);
  });
});
