import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMetrics, mergeMetrics, splitMembers } from "../../../src/core/log/metrics-cell.ts";

function merged(cell: string, values: Record<string, unknown>): string {
  return mergeMetrics(cell, new Map(Object.entries(values)));
}

describe("mergeMetrics", () => {
  it.each([
    ["sorts keys", '{"b": 1}', { a: 2 }, '{"a": 2, "b": 1}'],
    ["begins an empty cell", "", { a: 1 }, '{"a": 1}'],
    ["begins an empty object", "{ }", { a: 1 }, '{"a": 1}'],
    ["replaces a value", '{"a": 1}', { a: 2 }, '{"a": 2}'],
    ["adds a null", '{"a": 1}', { b: null }, '{"a": 1, "b": null}'],
    [
      "writes null for what is not finite",
      "",
      { a: Number.NaN, b: -Infinity },
      '{"a": null, "b": null}',
    ],
    [
      "keeps texts, lists and objects",
      '{"n": "a, \\"b\\"", "l": [1, {"x": "}"}]}',
      { z: 1 },
      '{"l": [1, {"x": "}"}], "n": "a, \\"b\\"", "z": 1}',
    ],
    [
      "keeps all digits of Python's whole numbers",
      '{"seed": 12345678901234567890}',
      { a: 1 },
      '{"a": 1, "seed": 12345678901234567890}',
    ],
    [
      "keeps how Python writes numbers",
      '{"lr": 1e-05, "x": 1.0}',
      { a: 1 },
      '{"a": 1, "lr": 1e-05, "x": 1.0}',
    ],
    [
      "makes null of NaN and Infinity outside texts",
      '{"a": NaN, "b": [-Infinity, "NaN"]}',
      { c: 1 },
      '{"a": null, "b": [null, "NaN"], "c": 1}',
    ],
    [
      "escapes what is not ASCII as Python does",
      "",
      { "🔧 gpu": 1, "\x7f": "é" },
      '{"\\u007f": "\\u00e9", "\\ud83d\\udd27 gpu": 1}',
    ],
    [
      "knows a key by its text, escaped or not",
      '{"\\u0061": 1, "\\"": 2}',
      { a: 3, '"': 2 },
      '{"\\"": 2, "a": 3}',
    ],
    [
      "keeps what stands beside a key with a colon and a comma",
      '{"a:b,c": 1,"d" :2}',
      { e: 3 },
      '{"a:b,c": 1, "d": 2, "e": 3}',
    ],
    [
      "sorts the keys of an object",
      "",
      { a: { c: 1, b: [Number.NaN] } },
      '{"a": {"b": [null], "c": 1}}',
    ],
  ])("%s", (_name, cell, values, expected) => {
    expect(merged(cell, values)).toBe(expected);
  });

  it.each([
    ["an equal number in other words", '{"a": 1.0, "b": 1e-05}', { a: 1, b: 0.00001 }],
    ["NaN, which null stands for already", '{ "a":null }', { a: Number.NaN }],
    ["NaN where Python wrote NaN", '{"a": NaN}', { a: Number.NaN }],
    ["nothing", '{ "a" : 1 }', {}],
    ["an equal object", '{"a": {"c": 1, "b": 2}}', { a: { b: 2, c: 1 } }],
  ])("gives the same cell back for %s", (_name, cell, values) => {
    expect(merged(cell, values)).toBe(cell);
  });

  it("tells null from a key that is absent", () => {
    expect(merged('{"b": 1}', { a: Number.NaN })).toBe('{"a": null, "b": 1}');
  });

  it("holds each value it was given and each it had, for any objects", () => {
    const object = fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((values) => JSON.parse(JSON.stringify(values)) as Record<string, unknown>);
    fc.assert(
      fc.property(object, object, fc.constantFrom(0, 2), (old, next, indent) => {
        const cell = JSON.stringify(old, undefined, indent);
        const result = merged(cell, next);
        const expected = new Map([...Object.entries(old), ...Object.entries(next)]);
        expect(decodeMetrics(result)).toEqual(expected);
        expect(new Set(splitMembers(result).keys())).toEqual(new Set(expected.keys()));
        expect(merged(result, next)).toBe(result);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("decodeMetrics", () => {
  it("reads an empty cell as no metrics, and Python's words as numbers that are not finite", () => {
    expect(decodeMetrics("")).toEqual(new Map());
    expect(decodeMetrics('{"a": NaN, "b": -Infinity, "c": Infinity}')).toEqual(
      new Map([
        ["a", Number.POSITIVE_INFINITY],
        ["b", Number.NEGATIVE_INFINITY],
        ["c", Number.POSITIVE_INFINITY],
      ]),
    );
  });
});
