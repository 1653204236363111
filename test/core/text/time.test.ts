import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatDuration,
  formatInstant,
  parseDuration,
  parseInstant,
} from "../../../src/core/text/time.ts";

const EARLIEST = -62_167_219_200;
const LATEST = 253_402_300_799;

describe("instants", () => {
  test("what is written is read back as the same second, for every year of four digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST, max: LATEST }), (epoch) => {
        const text = formatInstant(epoch);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(parseInstant(text)).toBe(epoch);
        expect(Date.parse(text)).toBe(epoch * 1000);
      }),
    );
  });

  test("a fraction of a second is dropped, never rounded up", () => {
    expect(formatInstant(0.999)).toBe("1970-01-01T00:00:00Z");
    expect(formatInstant(-0.001)).toBe("1969-12-31T23:59:59Z");
  });

  test("offsets, fractions and the spellings of Python and git are understood", () => {
    const noon = Date.UTC(2026, 0, 2, 12) / 1000;
    expect(parseInstant("2026-01-02T12:00:00+00:00")).toBe(noon);
    expect(parseInstant("2026-01-02T14:30:00+02:30")).toBe(noon);
    expect(parseInstant("2026-01-02 07:00:00-0500")).toBe(noon);
    expect(parseInstant("2026-01-02T12:00:00.25Z")).toBe(noon + 0.25);
    expect(parseInstant("2026-01-02T12:00")).toBe(noon);
    expect(parseInstant("2026-01-02")).toBe(noon - 12 * 3600);
  });

  test.each([
    "",
    "now",
    "1767355200",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+00:60",
    "2026-01-01T00:00:0xZ",
    "2026-01-01T00:00:00Z ",
    "2026-1-1T00:00:00Z",
    "2026/01-01T00:00:00Z",
    "2026-01/01T00:00:00Z",
    "2026-01-01T00-00:00Z",
    "2026-01-01T00:00-00Z",
    "2026-01-01x00:00:00Z",
    "2026-01-01T00:00:00z0",
    "2026-01-01T25:00:00+01",
    "2026-01-01T00:00:00Ü",
    "9999-12-31T23:59:59-00:01",
    "0000-01-01T00:00:00+00:01",
  ])("%j is not an instant", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test("the ends of the calendar are read where a zone leaves them in it", () => {
    expect(parseInstant("9999-12-31T23:59:59.9+00:00")).toBeCloseTo(LATEST + 0.9);
    expect(parseInstant("9999-12-31T23:59:59+00:01")).toBe(LATEST - 60);
    expect(parseInstant("0000-01-01T00:00:00-00:01")).toBe(EARLIEST + 60);
  });

  test("a leap day is a day", () => {
    expect(parseInstant("2024-02-29T00:00:00Z")).toBe(Date.UTC(2024, 1, 29) / 1000);
    expect(parseInstant("2000-02-29T00:00:00Z")).toBe(Date.UTC(2000, 1, 29) / 1000);
  });

  test("a second outside the calendar of the log is refused", () => {
    expect(() => formatInstant(LATEST + 1)).toThrow(RangeError);
    expect(() => formatInstant(EARLIEST - 1)).toThrow(RangeError);
    expect(() => formatInstant(Number.NaN)).toThrow(RangeError);
  });
});

describe("durations", () => {
  test.each([
    ["45s", 45],
    ["90m", 5400],
    ["1h", 3600],
    ["2d", 172_800],
    ["0s", 0],
  ])("%s is %i seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(["", "1", "h", "1 h", "-1h", "1.5h", "1w", "1h30m", "1234567s"])(
    "%j is not a duration",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test.each([
    [-5, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [3599, "59 min"],
    [3600, "1 h"],
    [11_100, "3 h 05 min"],
    [86_400, "1 d"],
    [187_200, "2 d 4 h"],
  ])("%d seconds read as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
