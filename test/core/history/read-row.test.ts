import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import { createRowReader, type RowVersion } from "../../../src/core/history/read-row.ts";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { logText } from "../../builders/log.ts";

const PATH = "abc:experiments/mnist/experiment_log.csv";

/** The row in each version, by one reader. */
function readAll(texts: readonly string[], experimentId = "b"): readonly RowVersion[] {
  const read = createRowReader(experimentId);
  return texts.map((text) => read(Buffer.from(text, "utf8"), PATH));
}

/** The same by reading every version as a whole. */
function readPlainly(text: string, experimentId: string): RowVersion {
  try {
    const log = decodeLog(Buffer.from(text, "utf8"), PATH);
    const row = log.rowOf(experimentId);
    if (row === undefined) return { kind: "absent" };
    return { kind: "row", cells: new Map(log.header.map((name) => [name, log.cell(row, name)])) };
  } catch (error) {
    if (error instanceof LogError) return { kind: "unreadable", problem: error.message };
    throw error;
  }
}

function notesOf(version: RowVersion | undefined): string | undefined {
  return version?.kind === "row" ? version.cells.get("notes") : version?.kind;
}

describe("createRowReader", () => {
  it("finds a row wherever it stands, whatever stands around it", () => {
    const row = { experiment_id: "b", notes: "mine" };
    const other = { notes: 'two\nb,lines\n"b",x' };
    const texts = [[row], [other, row], [row, other], [other, row, { experiment_id: "c" }]];
    const versions = readAll(texts.map((rows) => logText(rows)));
    expect(versions.map(notesOf)).toEqual(["mine", "mine", "mine", "mine"]);
  });

  it("takes no line of another row's text for the row", () => {
    const forged = `x\nb${",".repeat(21)}`;
    expect(readAll([logText([{ notes: forged }])]).map(notesOf)).toEqual(["absent"]);
  });

  it("sees the same row again after it was gone", () => {
    const [there, gone] = [logText([{ experiment_id: "b", notes: "x" }]), logText([{}])];
    expect(readAll([there, gone, there]).map(notesOf)).toEqual(["x", "absent", "x"]);
  });

  it("sees the same row again after a version that nobody can read, and in a file that is torn elsewhere", () => {
    const there = logText([{ experiment_id: "b", notes: "x" }]);
    const marked = `${there}>>>>>>> theirs\n`;
    const versions = readAll([there, marked, there, `${there}"open`]);
    expect(versions.map(notesOf)).toEqual(["x", "unreadable", "x", "x"]);
  });

  it("says at its place in the file why a row cannot be read", () => {
    const text = logText([{}, { experiment_id: "b", status: "done" as "failed" }]);
    expect(readAll([text])).toEqual([
      { kind: "unreadable", problem: expect.stringContaining(`${PATH}:3:`) },
    ]);
  });

  it("says that a merge was not finished, and that a row is gone only of a log that can be read", () => {
    const there = logText([{ experiment_id: "b" }]);
    const marked = there.replace("b,", "<<<<<<< ours\nb,");
    expect(readAll([marked])[0]).toMatchObject({
      kind: "unreadable",
      problem: expect.stringContaining("conflict marker"),
    });
    expect(readAll([there, 'experiment_id,notes\na,"x'])[1]).toMatchObject({ kind: "unreadable" });
  });

  it("reads logs with the id in another column, in quotes, behind a byte order mark", () => {
    expect(readAll(["notes,experiment_id\nx,b\n"]).map(notesOf)).toEqual(["x"]);
    expect(readAll(["experiment_id\nb\n"])[0]?.kind).toBe("row");
    expect(readAll(['\ufeff"experiment_id",notes\r\n"b",x\r\n']).map(notesOf)).toEqual(["x"]);
    expect(readAll(['experiment_id,notes\n"say ""b""",x'], 'say "b"').map(notesOf)).toEqual(["x"]);
    expect(readAll(["", "\n"]).map(({ kind }) => kind)).toEqual(["absent", "unreadable"]);
  });

  it("sees a last cell that grows in a file without a last line end", () => {
    const texts = [
      "experiment_id,notes\nb,x",
      "experiment_id,notes\nb,xy",
      "experiment_id,notes\nb,xy\n",
    ];
    expect(readAll(texts).map(notesOf)).toEqual(["x", "xy", "xy"]);
  });

  it("hides no failure but that of a log", () => {
    const path = {
      toString: () => {
        throw new TypeError("no log's fault");
      },
    };
    const read = () => createRowReader("b")(Buffer.from("<<<<<<< b"), path as unknown as string);
    expect(read).toThrow(TypeError);
  });

  it("reads what a reader of whole files reads, version after version", () => {
    const cell = fc.constantFrom("", "x", "b", "b,", '"', "\n", "\nb,x", '\n"b",', "ü");
    const rows = fc.uniqueArray(
      fc.record({
        experiment_id: fc.constantFrom("a", "b", "bb", 'q"b'),
        task_key: cell,
        notes: fc.array(cell, { maxLength: 3 }).map((texts) => texts.join("")),
      }),
      { selector: (row) => row.experiment_id },
    );
    const text = fc
      .tuple(rows, fc.constantFrom("\n" as const, "\r\n" as const), fc.boolean())
      .map(([all, end, isEnded]) => (isEnded ? logText(all, end) : logText(all, end).trimEnd()));
    const property = fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("a", "b", 'q"b'),
      (texts, id) => {
        expect(readAll(texts, id)).toEqual(texts.map((one) => readPlainly(one, id)));
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
