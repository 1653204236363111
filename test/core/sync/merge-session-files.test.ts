import { describe, expect, it } from "vitest";
import { mergeSessionFiles } from "../../../src/core/sync/merge-session-files.ts";
import { logText } from "../../builders/log.ts";

type Texts = Readonly<Record<string, string>>;

function merge(ancestor: Texts, ours: Texts, theirs: Texts): Record<string, string> {
  const files = (texts: Texts) =>
    new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
  const versions = { ancestor: files(ancestor), ours: files(ours), theirs: files(theirs) };
  const merged = [...mergeSessionFiles({ folder: "experiments/mnist", ...versions })];
  return Object.fromEntries(merged.map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

describe("mergeSessionFiles", () => {
  it.each<readonly [string, Texts, Texts, Texts, Texts]>([
    ["ours where the base left the file alone", { r: "a" }, { r: "b" }, { r: "a" }, { r: "b" }],
    ["the base's where we left it alone", { r: "a" }, { r: "a" }, { r: "b" }, { r: "b" }],
    ["the base's where both changed it", { r: "a" }, { r: "b" }, { r: "c" }, { r: "c" }],
    ["a file that we added", {}, { r: "a" }, {}, { r: "a" }],
    ["a file that the base added", {}, {}, { r: "a" }, { r: "a" }],
    ["no file that the base removed", { r: "a" }, { r: "b" }, {}, {}],
    ["no file that we removed", { r: "a" }, {}, { r: "a" }, {}],
  ])("takes %s", (_name, ancestor, ours, theirs, merged) => {
    expect(merge(ancestor, ours, theirs)).toEqual(merged);
  });

  it("merges the log row by row, and where both changed a cell the base wins", () => {
    const log = (...rows: Parameters<typeof logText>[0]) => ({
      "experiment_log.csv": logText(rows),
    });
    const merged = merge(
      log({ notes: "a" }),
      log({ notes: "branch", owner: "ann" }, { experiment_id: "new" }),
      log({ notes: "base" }),
    );
    expect(merged).toEqual(log({ notes: "base", owner: "ann" }, { experiment_id: "new" }));
  });

  it("takes the log that one side alone has", () => {
    const log = { "experiment_log.csv": logText([{ notes: "é" }], "\r\n") };
    expect(merge({}, {}, log)).toEqual(log);
    expect(merge({}, log, {})).toEqual({ "experiment_log.csv": logText([{ notes: "é" }]) });
  });

  it("names the whole path of a log that cannot be read", () => {
    const broken = { "experiment_log.csv": "<<<<<<< main\n" };
    const position = { path: "experiments/mnist/experiment_log.csv", line: 1, column: 1 };
    expect(() => merge({}, broken, {})).toThrow(expect.objectContaining({ position }));
  });

  it("keeps every line of both ledgers, those of the base first", () => {
    const line = (id: string) =>
      `${id},1,https://github.test/c/1,ann,7,/stop,,applied,paused,2026-11-23T09:30:00Z\n`;
    const header =
      "op_id,comment_id,comment_url,actor,actor_id,command,experiment_id,outcome,detail,at\n";
    const ledger = (...ids: string[]) => ({ "command_log.csv": header + ids.map(line).join("") });
    const merged = merge(ledger("a"), ledger("a", "b", "c"), ledger("a", "d", "c", "c"));
    expect(merged).toEqual(ledger("a", "d", "c", "c", "b"));
    expect(merge(ledger("a", "x"), ledger("a", "x", "x"), ledger("a"))).toEqual(
      ledger("a", "x", "x"),
    );
    expect(merge({}, ledger("a"), {})).toEqual(ledger("a"));
    expect(merge({}, {}, ledger("a"))).toEqual(ledger("a"));
  });

  it("makes no log where neither side has one", () => {
    expect(merge({}, { "session.yml": "a" }, {})).toEqual({ "session.yml": "a" });
  });
});
