import { describe, expect, test } from "vitest";
import { nearestName } from "../../../src/core/text/nearest-name.ts";

describe("the nearest name", () => {
  test.each([
    ["lr-1e-3", ["lr-1e-4x", "lr-1e-4"], "lr-1e-4"],
    ["APROVE", ["report", "approve"], "approve"],
    ["approve", ["approval", "approver"], "approver"],
    ["abcdefghi", ["abcdefghijkl"], "abcdefghijkl"],
    ["abcdefghi", ["abcdefghijklm"], undefined],
    ["abcdefghijkl", ["abcdefghi"], "abcdefghi"],
    ["ab", ["abc"], "abc"],
    ["ab", ["abcd"], undefined],
    ["status", [], undefined],
  ])("of %s among %j is %s", (typed, known, nearest) => {
    expect(nearestName(typed, known)).toBe(nearest);
  });
});
