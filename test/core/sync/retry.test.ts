import { describe, expect, it } from "vitest";
import { classifyRefusal, mayTryAgain, mayWait, planPause } from "../../../src/core/sync/retry.ts";

describe("planPause", () => {
  it.each([
    [0, 0, 0],
    [0, 1, 100],
    [0, 0.5, 50],
    [1, 1, 200],
    [6, 1, 6400],
    [7, 1, 8000],
    [1000, 1, 8000],
    [1000, 0.25, 2000],
  ])("before attempt %d and one, with the chance %d, is %d ms", (attempt, random, pause) => {
    expect(planPause(attempt, random)).toBe(pause);
  });
});

describe("mayTryAgain", () => {
  it.each([
    [59, 299_999, true],
    [60, 0, false],
    [0, 300_000, false],
  ])("after %d attempts and %d ms is %s", (attempts, elapsed, may) => {
    expect(mayTryAgain(attempts, elapsed)).toBe(may);
  });
});

describe("mayWait", () => {
  it.each([
    [{ waits: 0, totalMs: 0 }, 120_000, true],
    [{ waits: 0, totalMs: 0 }, 120_001, false],
    [{ waits: 2, totalMs: 60_000 }, 60_000, true],
    [{ waits: 3, totalMs: 0 }, 1, false],
  ])("after %j for %d ms is %s", (waited, asked, may) => {
    expect(mayWait(waited, asked)).toBe(may);
  });
});

describe("classifyRefusal", () => {
  it.each([
    ["remote: error: GH006: Protected branch update failed", "protected"],
    ["remote: error: GH013: Repository rule violations found for refs/heads/main", "protected"],
    ["Changes must be made through a pull request.", "protected"],
    ['Required status check "ci" is expected.', "protected"],
    ["! [remote rejected] main -> main (pre-receive hook declined)", "protected"],
    ["Cannot update this protected ref.", "protected"],
    ["GH013: Repository rule violations found. Push cannot contain secrets", "secret"],
    ["remote: error: GH009: Secrets detected!", "secret"],
    ["blocked by push protection", "secret"],
    ["remote: error: GH001: Large files detected.", "too-large"],
    ["this exceeds GitHub's file size limit of 100.00 MB", "too-large"],
    ["Large file detected", "too-large"],
    ["permission to octo/repo.git denied", "other"],
  ])("reads %s as %s", (text, kind) => {
    expect(classifyRefusal(text)).toBe(kind);
  });
});
