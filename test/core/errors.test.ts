import { describe, expect, test } from "vitest";
import {
  exitCodeOf,
  InputError,
  LogError,
  MonitorError,
  RefusedError,
  RemoteError,
} from "../../src/core/errors.ts";

describe("a failure", () => {
  test.each([
    [new InputError("wrong"), "InputError", 2],
    [new RefusedError("not allowed"), "RefusedError", 3],
    [new LogError("broken", { path: "log.csv" }), "LogError", 4],
    [new RemoteError("gone"), "RemoteError", 5],
    [new MonitorError("other", 7), "MonitorError", 7],
  ])("%s has its class's name and exit code", (error, name, exitCode) => {
    expect(error).toBeInstanceOf(MonitorError);
    expect(error.name).toBe(name);
    expect(exitCodeOf(error)).toBe(exitCode);
  });

  test("that nobody foresaw exits with 1, whatever was thrown", () => {
    for (const thrown of [
      new Error("boom"),
      new TypeError("x"),
      "text",
      undefined,
      { exitCode: 5 },
    ])
      expect(exitCodeOf(thrown)).toBe(1);
  });

  test("carries its remedy and its cause, where it has them", () => {
    const cause = new Error("ECONNRESET");
    const error = new RemoteError("GitHub did not answer.", {
      remedy: "Try again.",
      cause,
      status: 502,
    });
    expect(error).toMatchObject({ remedy: "Try again.", status: 502 });
    expect(error.cause).toBe(cause);
    const bare = new RemoteError("GitHub did not answer.");
    expect(bare).toMatchObject({ remedy: undefined, status: undefined });
    expect("cause" in bare).toBe(false);
    for (const Class of [InputError, RefusedError])
      expect(new Class("no", { remedy: "Do this.", cause })).toMatchObject({
        remedy: "Do this.",
        cause,
      });
  });
});

describe("a log that cannot be read", () => {
  test("is named with line and column, from 1", () => {
    const error = new LogError("a quote is open", { path: "log.csv", line: 3, column: 9 });
    expect(error.message).toBe("log.csv:3:9: a quote is open");
    expect(error.position).toEqual({ path: "log.csv", line: 3, column: 9 });
  });

  test("is named with the start of the line where no column is known", () => {
    const error = new LogError("two rows share an id", {
      path: "log.csv",
      line: 3,
      remedy: "Fix.",
    });
    expect(error.message).toBe("log.csv:3:1: two rows share an id");
    expect(error.position).toEqual({ path: "log.csv", line: 3, column: 1 });
    expect(error.remedy).toBe("Fix.");
  });

  test("is named alone where no line is known", () => {
    const error = new LogError("is too large", { path: "log.csv" });
    expect(error.message).toBe("log.csv: is too large");
    expect(error.position).toBeUndefined();
  });
});
