import { describe, expect, test } from "vitest";
import { createGlobTest } from "../../../src/core/text/glob.ts";

describe("a glob", () => {
  test.each([
    ["examples.ljspeech.*", "examples.ljspeech.task", true],
    ["examples.ljspeech.*", "examples.vctk.task", false],
    ["--*=*", "--data=/a/b c", true],
    ["--*=*", "--data", false],
    ["*", ".hidden/file", true],
    ["gs://*", "gs://bucket/a/b", true],
    ["{sweep,grid}-*", "grid-3", true],
    ["lr-[0-9]", "lr-7", true],
    ["lr-[0-9]", "lr-x", false],
    ["!a", "b", false],
    ["+(a|b)", "ab", false],
    ["exact", "inexact", false],
  ])("%s against %s is %s", (glob, text, matches) => {
    expect(createGlobTest([glob])(text)).toBe(matches);
  });

  test("one of several is enough, and none matches nothing", () => {
    expect(createGlobTest(["a", "b"])("b")).toBe(true);
    expect(createGlobTest([])("b")).toBe(false);
  });
});
