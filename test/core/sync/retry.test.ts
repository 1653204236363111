import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyRefusal, mayTryAgain, mayWait, planPause } from "../../../src/core/sync/retry.ts";

describe("a pause", () => {
  it("is anything up to a ceiling that doubles from 200 ms to 8 s", () => {
    expect(planPause(1, 0.5)).toBe(100);
    expect(planPause(3, 0.5)).toBe(400);
    expect(planPause(20, 0.5)).toBe(4000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const pause = planPause(attempt, random);
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(8000);
        },
      ),
    );
  });
});

describe("another attempt", () => {
  it.each([
    [1, 0, true],
    [59, 299_999, true],
    [60, 0, false],
    [1, 300_000, false],
  ])("after %i attempts and %i ms: %s", (attempts, elapsedMs, expected) => {
    expect(mayTryAgain(attempts, elapsedMs)).toBe(expected);
  });
});

describe("waiting", () => {
  it.each([
    [{ waits: 0, totalMs: 0 }, 120_000, true],
    [{ waits: 0, totalMs: 0 }, 120_001, false],
    [{ waits: 2, totalMs: 60_000 }, 60_000, true],
    [{ waits: 3, totalMs: 0 }, 1, false],
  ])("after %o for %i ms: %s", (waited, askedMs, expected) => {
    expect(mayWait(waited, askedMs)).toBe(expected);
  });
});

describe("a refusal", () => {
  it.each([
    ["GH006: Protected branch update failed for refs/heads/main.", "protected"],
    ["! [remote rejected] a -> main (protected branch hook declined)", "protected"],
    ["GH013: Repository rule violations found for refs/heads/main.", "protected"],
    [
      "Repository rule violations found\n\nChanges must be made through a pull request.",
      "protected",
    ],
    ["Cannot update this protected ref.", "protected"],
    ["You're not authorized to push to this branch.", "protected"],
    ["At least 1 approving review is required by reviewers with write access.", "protected"],
    ['Required status check "ci" is expected.', "protected"],
    [
      "GH013: Repository rule violations found\n- GITHUB PUSH PROTECTION\n- Push cannot contain secrets",
      "secret",
    ],
    ["GH001: Large files detected.\n[remote rejected] (pre-receive hook declined)", "too-large"],
    ["Resource not accessible by integration", "other"],
    ["", "other"],
  ])("%j means %s", (text, expected) => {
    expect(classifyRefusal(text)).toBe(expected);
  });
});
