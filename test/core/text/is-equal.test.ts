import { expect, it } from "vitest";
import { isEqual } from "../../../src/core/text/is-equal.ts";

it("compares bytes, and holds an absent file equal to an absent one only", () => {
  expect(isEqual(Buffer.from("a"), new Uint8Array([97]))).toBe(true);
  expect(isEqual(Buffer.from("a"), Buffer.from("b"))).toBe(false);
  expect(isEqual(undefined, undefined)).toBe(true);
  expect(isEqual(undefined, new Uint8Array())).toBe(false);
  expect(isEqual(new Uint8Array(), undefined)).toBe(false);
});
