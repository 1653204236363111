import { describe, expect, it } from "vitest";
import { LogError, RefusedError } from "../../../src/core/errors.ts";
import { assertSafeEdit } from "../../../src/core/sync/assert-safe-edit.ts";
import { logText } from "../../builders/log.ts";

const SECRET = "s3cret-of-this-run";

function files(texts: Readonly<Record<string, string>>): Map<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}

function check(before: Record<string, string>, after: Record<string, string>): () => void {
  const base = { folder: "experiments/mnist", files: files(before) };
  return () => assertSafeEdit(base, files(after), [SECRET]);
}

describe("assertSafeEdit", () => {
  it.each([
    ["the first files", {}, { "experiment_log.csv": logText([{}]), "command_log.csv": "a\n" }],
    [
      "a longer log and ledger",
      { "experiment_log.csv": logText([{}]), "command_log.csv": "a\n" },
      { "experiment_log.csv": logText([{}, {}]), "command_log.csv": "a\nb\n" },
    ],
    [
      "a report alone",
      { "experiment_log.csv": logText([{}]), "command_log.csv": "a\n" },
      { "experiment_report.md": "x" },
    ],
  ])("lets %s pass", (_name, before, after) => {
    expect(check(before, after)).not.toThrow();
  });

  it("refuses a log that loses a row, and names it", () => {
    const before = { "experiment_log.csv": logText([{}, {}]) };
    const attempt = check(before, { "experiment_log.csv": logText([{}]) });
    expect(attempt).toThrow(LogError);
    expect(attempt).toThrow(
      /^experiments\/mnist\/experiment_log\.csv: nothing was written: the row/,
    );
  });

  it("refuses a log that could not be read again", () => {
    const before = { "experiment_log.csv": logText([{}]) };
    expect(check(before, { "experiment_log.csv": "experiment_id\n\0\n" })).toThrow(/NUL byte/);
  });

  it("refuses a ledger that changes a line", () => {
    const attempt = check({ "command_log.csv": "a\n" }, { "command_log.csv": "b\n" });
    expect(attempt).toThrow("experiments/mnist/command_log.csv: lines of the ledger");
  });

  it("refuses a file that would hold a secret of the run, without telling it", () => {
    const attempt = check({}, { "experiment_report.md": `token ${SECRET}` });
    expect(attempt).toThrow(RefusedError);
    expect(attempt).toThrow(
      "nothing was committed: experiments/mnist/experiment_report.md would hold a secret of this run",
    );
  });

  it("leaves alone a secret that stands there already in a file that does not change", () => {
    const bytes = Buffer.from(SECRET);
    const base = { folder: "f", files: new Map([["session.yml", bytes]]) };
    expect(() => assertSafeEdit(base, new Map([["session.yml", bytes]]), [SECRET])).not.toThrow();
  });

  it("does not read a log again that is the very same", () => {
    const bytes = Buffer.from("not a log\n\0");
    const base = { folder: "f", files: new Map([["experiment_log.csv", bytes]]) };
    expect(() => assertSafeEdit(base, new Map(base.files), [])).not.toThrow();
  });
});
