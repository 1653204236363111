import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatChange,
  formatNumber,
  formatNumbers,
  formatPercent,
} from "../../../src/core/analysis/format-number.ts";
import { subtract } from "../../../src/core/analysis/subtract.ts";

describe("one number", () => {
  test.each([
    [0.3812, "0.3812"],
    [0.38123456, "0.3812"],
    [0.5, "0.5"],
    [0, "0"],
    [-0.25, "-0.25"],
    [12345.678, "12346"],
    [27.318, "27.32"],
    [1e-7, "1e-7"],
    [1.23456e-9, "1.235e-9"],
    [123456789, "123500000"],
    [1e30, "1e+30"],
    [0.0001, "0.0001"],
    [0.00012346, "0.0001235"],
    [0.000099999, "0.0001"],
    [9_999_999, "9999999"],
  ])("%d reads %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("numbers of a column", () => {
  test.each([
    [
      [0.3812, 0.4, 0.415],
      ["0.3812", "0.4000", "0.4150"],
    ],
    [
      [3, 10, 200],
      ["3", "10", "200"],
    ],
    [
      [27.3, 9.15],
      ["27.30", "9.15"],
    ],
    [
      [0.969712, 0.969734],
      ["0.96971", "0.96973"],
    ],
    [
      [0.5, 1e-9],
      ["0.5", "1e-9"],
    ],
    [
      [0, 0.25],
      ["0.00", "0.25"],
    ],
    [
      [1234.567, 0.0012345],
      ["1234.5670", "0.0012"],
    ],
    [
      [9_999_999.25, 0.5],
      ["9999999.3", "0.5"],
    ],
    [
      [0, 0],
      ["0", "0"],
    ],
    [[], []],
  ])("%j line up as %j", (values, texts) => {
    expect(formatNumbers(values)).toEqual(texts);
  });

  test("stay close to what they stand for", () => {
    const value = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
        const largest = Math.max(...values.map(Math.abs));
        for (const [at, text] of formatNumbers(values).entries()) {
          expect(Math.abs(Number(text) / 2 - (values[at] ?? 0) / 2)).toBeLessThanOrEqual(
            largest * 5e-4,
          );
        }
      }),
    );
  });
});

describe("a change", () => {
  test.each([
    [-0.124, "−12.4 %"],
    [0.002, "+0.2 %"],
    [0.0004, "+0.04 %"],
    [-1e-7, "≈0.00 %"],
    [0, "0 %"],
    [12.5, "+1250 %"],
    [1, "+100 %"],
    [0.999, "+99.9 %"],
    [0.0005, "+0.1 %"],
  ])("of %d is %s", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  test("in the metric's unit has a sign too", () => {
    expect(formatChange(-0.25)).toBe("−0.25");
    expect(formatChange(3)).toBe("+3");
    expect(formatChange(0)).toBe("0");
  });
});

describe("subtracting", () => {
  test.each([
    [0.3, 0.1, 0.2],
    [0.37, 0.3812, -0.0112],
    [1e-7, 3e-7, -2e-7],
    [1e300, -1e300, 2e300],
    [5e-324, 0, 5e-324],
  ])("%d − %d is %d", (a, b, difference) => {
    expect(subtract(a, b)).toBe(difference);
  });
});
