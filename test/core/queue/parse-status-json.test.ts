import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/errors.ts";
import { isObject, parseQueueJson } from "../../../src/core/queue/parse-status-json.ts";
import { processorTime } from "../processor-time.ts";

function problem(text: string): InputError {
  try {
    parseQueueJson(text, "status.json");
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("parseQueueJson reads", () => {
  it.each([
    ["plain JSON behind a byte order mark", '\uFEFF{"a": [1, "x", null]}', { a: [1, "x", null] }],
    [
      "Python's words",
      '{"a": NaN, "b": [-Infinity,Infinity]}',
      { a: Infinity, b: [-Infinity, Infinity] },
    ],
    [
      "texts that hold these words",
      '{"a": "NaN \\" -Infinity", "b": NaN}',
      { a: 'NaN " -Infinity', b: Infinity },
    ],
    [
      "64 levels",
      `${"[".repeat(64)}${"]".repeat(64)}`,
      JSON.parse(`${"[".repeat(64)}${"]".repeat(64)}`),
    ],
  ])("%s", (_name, text, value) => {
    expect(parseQueueJson(text, "status.json")).toEqual(value);
  });

  it("a text of three million escapes beside Python's words within a second", () => {
    const text = `{"a": "${"\\n".repeat(3_000_000)}", "b": NaN}`;
    expect(processorTime(() => parseQueueJson(text, "status.json"))).toBeLessThan(1_000);
  });
});

describe("parseQueueJson refuses", () => {
  it.each([
    ["nothing", " \n", "status.json: is empty, expected the queue's status as JSON"],
    ["a comma too many", '{"a": 1,\n "é": [2,]}', "status.json:2:10: is not JSON: value expected"],
    [
      "text behind Python's words",
      '{"a": NaN, "b": Infinity} x',
      "status.json:1:27: is not JSON: invalid symbol",
    ],
    ["a word within a number", '{"a": 1NaN}', "status.json:1:8: is not JSON: invalid symbol"],
    ["a negative NaN", '{"a": -NaN}', "status.json:1:7: is not JSON: invalid symbol"],
    ["a comment", "{} // x", "status.json:1:4: is not JSON: invalid comment token"],
    [
      "65 levels",
      `${"[".repeat(65)}${"]".repeat(65)}`,
      "status.json: JSON is nested deeper than 64 levels",
    ],
    [
      "a hundred thousand open brackets",
      "[".repeat(100_000),
      "status.json: JSON is nested deeper than 64 levels",
    ],
    [
      "brackets in a text that are none",
      `{"a": "${"[{".repeat(100)}" 1}`,
      "status.json:1:210: is not JSON: comma expected",
    ],
    [
      "brackets that are closed again",
      `${"[],".repeat(100)}`,
      "status.json:1:3: is not JSON: end of file expected",
    ],
    [
      "65 levels of objects that are never closed",
      '{"a":'.repeat(65),
      "status.json: JSON is nested deeper than 64 levels",
    ],
    [
      "64 levels of objects that are never closed",
      '{"a":'.repeat(64),
      "status.json:1:321: is not JSON: value expected",
    ],
    [
      "objects that are closed again",
      `${"{},".repeat(100)}`,
      "status.json:1:3: is not JSON: end of file expected",
    ],
    [
      "white space that JSON does not know",
      "\u00a0[1]",
      "status.json:1:1: is not JSON: invalid symbol",
    ],
    [
      "a poisoned key, however deep",
      '{"a": [{"__proto__": 1}]}',
      'status.json: the key "__proto__" is not allowed in JSON',
    ],
    [
      "another poisoned key",
      '{"constructor": 1}',
      'status.json: the key "constructor" is not allowed in JSON',
    ],
    [
      "the third poisoned key",
      '{"prototype": 1}',
      'status.json: the key "prototype" is not allowed in JSON',
    ],
  ])("%s", (_name, text, message) => {
    const error = problem(text);
    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(2);
  });

  it("with a remedy that shows how the text begins, harmless to the runner", () => {
    expect(problem("\n  ::error::oh ##[x] no").remedy).toBe(
      'It begins with "::error::oh \\u0023\\u0023[x] no". Save the status with the queue\'s JSON option, and nothing else, in the file.',
    );
    expect(problem("").remedy).toContain("status command succeeded");
  });
});

it("isObject knows lists and null as none", () => {
  expect([{}, [], null, "x", undefined].map(isObject)).toEqual([true, false, false, false, false]);
});
