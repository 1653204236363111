import { expect, test } from "vitest";
import { chartRange } from "../../../src/core/report/chart-range.ts";

const points = (...values: readonly number[]) => values.map((value) => ({ value, best: value }));

test("a range has eight hundredths of room around the values", () => {
  expect(chartRange(points(100, 200, 150), "min")).toEqual({ low: 92, high: 208, beyond: 0 });
  expect(chartRange(points(-100, -200), "max")).toEqual({ low: -208, high: -92, beyond: 0 });
});

test("room never leads below nought where no value is below it", () => {
  expect(chartRange(points(0, 100), "max")).toEqual({ low: 0, high: 108, beyond: 0 });
  expect(chartRange(points(1, 101), "max").low).toBe(0);
});

test("equal values have a twentieth of room on both sides", () => {
  expect(chartRange(points(100, 100), "min")).toEqual({ low: 95, high: 105, beyond: 0 });
  expect(chartRange(points(-100, -100), "min")).toEqual({ low: -105, high: -95, beyond: 0 });
});

test("no values have a range of one", () => {
  expect(chartRange([], "min")).toEqual({ low: 0, high: 1, beyond: 0 });
});

test("what lies more than four widths of the middle half on the bad side is beyond", () => {
  const values = [10, 20, 30, 40, 50];
  expect(chartRange(points(...values, 171), "min")).toMatchObject({ beyond: 1 });
  expect(chartRange(points(...values, 170), "min")).toMatchObject({ beyond: 0 });
  expect(chartRange(points(...values, -1000), "min")).toMatchObject({ beyond: 0 });
  expect(chartRange(points(...values, -110), "max")).toMatchObject({ beyond: 0 });
  expect(chartRange(points(...values, -111), "max")).toMatchObject({ beyond: 1 });
});
