import { describe, expect, test } from "vitest";
import {
  failureClassOf,
  isInfraFailure,
  lastErrorLine,
} from "../../../src/core/analysis/failure.ts";

describe("the class of a failure", () => {
  test.each([
    ["oom: CUDA out of memory", "oom"],
    ["infra: node went down", "infra"],
    ["timeout: 8 h", "timeout"],
    ["killed: signal 9", "killed"],
    ["diverged: NaN", "diverged"],
    ["exit 137: Killed", "exit 137"],
    ["exit -15: Terminated", "exit -15"],
    ["oom", "oom"],
    ["", "unclassified"],
    ["boom", "unclassified"],
    ["oomph: x", "unclassified"],
    ["exit: x", "unclassified"],
    ["it was oom: really", "unclassified"],
    ["infrared: x", "unclassified"],
  ])("of %j is %s", (summary, expected) => {
    expect(failureClassOf(summary)).toBe(expected);
    expect(isInfraFailure(summary)).toBe(expected === "infra");
  });
});

describe("the last error line", () => {
  test.each([
    ["exit 1: Traceback\n  File x\nValueError: bad\n\n", "ValueError: bad"],
    ["oom: CUDA out of memory", "CUDA out of memory"],
    ["plain text\r\nlast", "last"],
    ["oom", ""],
    ["", ""],
  ])("of %j is %j", (summary, line) => {
    expect(lastErrorLine(summary)).toBe(line);
  });
});
