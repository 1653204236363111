import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isOpId, opId, proposalId } from "../../../src/core/command/op-id.ts";
import { sha256 } from "../../builders/modes.ts";

const op = { repositoryId: "42", commentId: "100", index: 0, canonical: "/stop" };

describe("opId", () => {
  it("is the first 20 characters of base32, as other programs compute it", () => {
    const hash = createHash("sha256").update("42\x00100\x000\x00/stop").digest();
    const letters = "abcdefghijklmnopqrstuvwxyz234567";
    let number = BigInt(`0x${hash.toString("hex")}`) >> 156n;
    let expected = "";
    for (let at = 0; at < 20; at += 1) {
      expected = letters.charAt(Number(number & 31n)) + expected;
      number >>= 5n;
    }
    expect(opId(op, sha256)).toBe(expected);
    expect(opId(op, sha256)).toBe("xdtz4cstoionozjdfxzk");
  });

  it("differs where anything of it does", () => {
    const others = [
      op,
      { ...op, repositoryId: "43" },
      { ...op, commentId: "101" },
      { ...op, index: 1 },
      { ...op, canonical: "/resume" },
    ];
    expect(new Set(others.map((other) => opId(other, sha256))).size).toBe(others.length);
  });
});

describe("isOpId", () => {
  it("knows the form of an id", () => {
    expect(isOpId(opId(op, sha256))).toBe(true);
    for (const text of ["", "op-1", "a".repeat(19), "a".repeat(21), "A".repeat(20)]) {
      expect(isOpId(text)).toBe(false);
    }
    expect(isOpId(`${"a".repeat(20)}\n`)).toBe(false);
  });
});

describe("proposalId", () => {
  it("is short, and begins with what no other id of ours begins with", () => {
    expect(proposalId("abcdefghijklmnopqrst")).toBe("p-abcdefghij");
  });
});
