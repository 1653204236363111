import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLog } from "../../../src/core/log/decode.ts";
import { encodeLog } from "../../../src/core/log/encode.ts";
import { mergeLogs } from "../../../src/core/log/merge.ts";
import { cellsOf, LATER, logText, MUCH_LATER, NOW, readLog } from "../../builders/log.ts";

type Row = Parameters<typeof logText>[0][number];

function mergeTexts(ancestor: string, ours: string, theirs: string) {
  const logs = { ancestor: readLog(ancestor), ours: readLog(ours), theirs: readLog(theirs) };
  const { draft, conflicts } = mergeLogs(logs);
  return { log: decodeLog(encodeLog(draft), "merged.csv"), conflicts, bytes: encodeLog(draft) };
}

/** One row on three sides. */
function mergeRow(ancestor: Row, ours: Row, theirs: Row) {
  const [old, our, their] = [ancestor, ours, theirs].map((row) => logText([row]));
  const { log, conflicts } = mergeTexts(String(old), String(our), String(their));
  const { experiment_id, ...cells } = cellsOf(log, 0);
  return { cells, conflicts };
}

describe("mergeLogs", () => {
  it("takes rows and cells that one side changed, whichever side", () => {
    const { log, conflicts } = mergeTexts(
      logText([{ notes: "old", owner: "x" }]),
      logText([{ notes: "ours", owner: "x" }, { experiment_id: "mine" }]),
      logText([
        { notes: "old", owner: "" },
        { experiment_id: "theirs", notes: "t" },
      ]),
    );
    expect(conflicts).toEqual([]);
    expect([0, 1, 2].map((row) => cellsOf(log, row))).toEqual([
      { experiment_id: "exp-1", notes: "ours" },
      { experiment_id: "mine" },
      { experiment_id: "theirs", notes: "t" },
    ]);
  });

  it("gives our bytes back when they changed nothing", () => {
    const ours = logText([{ notes: "ours" }], "\r\n");
    const { bytes } = mergeTexts(logText([{}]), ours, logText([{}]));
    expect(Buffer.from(bytes).toString("utf8")).toBe(ours);
  });

  it("keeps our text of a cell both sides changed, and reports it", () => {
    const { cells, conflicts } = mergeRow({ notes: "a" }, { notes: "b" }, { notes: "c" });
    expect(cells).toEqual({ notes: "b" });
    expect(conflicts).toEqual([{ experimentId: "exp-1", column: "notes", ours: "b", theirs: "c" }]);
  });

  it("brings back a row that one side has lost", () => {
    const old = { notes: "a", owner: "x" };
    const { log } = mergeTexts(logText([old]), logText([]), logText([{ ...old, notes: "b" }]));
    expect(cellsOf(log, 0)).toEqual({ experiment_id: "exp-1", notes: "b", owner: "x" });
  });

  it.each([
    ["planned", "running", "completed", "completed", 0],
    ["planned", "completed", "running", "completed", 0],
    ["running", "completed", "failed", "completed", 1],
    ["running", "completed", "superseded", "superseded", 0],
    ["planned", "", "running", "", 1],
    ["planned", "running", "", "running", 1],
  ])(
    "merges a status that was %s and became %s and %s to %s",
    (old, ours, theirs, merged, count) => {
      const { cells, conflicts } = mergeRow({ status: old }, { status: ours }, { status: theirs });
      expect(cells["status"] ?? "").toBe(merged);
      expect(conflicts).toHaveLength(count);
    },
  );

  it.each([
    ["", NOW, LATER, NOW, LATER],
    ["", LATER, NOW, NOW, LATER],
    [MUCH_LATER, "2026-11-23T10:00:00+02:00", NOW, "2026-11-23T10:00:00+02:00", NOW],
    [NOW, "", LATER, "", ""],
    [NOW, LATER, "", LATER, LATER],
  ])(
    "takes the earlier creation and the later update of %j → %j and %j",
    (old, ours, theirs, created, updated) => {
      const row = (at: string): Row => ({ created_at: at, updated_at: at });
      const { cells, conflicts } = mergeRow(row(old), row(ours), row(theirs));
      expect([cells["created_at"] ?? "", cells["updated_at"] ?? ""]).toEqual([created, updated]);
      expect(conflicts).toEqual([]);
    },
  );

  it.each([
    ["different keys", "", '{"a": 1}', '{"b": 1.0}', '{"a": 1, "b": 1.0}', 0],
    [
      "large numbers",
      '{"n": 1}',
      '{"n": 9007199254740993}',
      '{"n": 9007199254740992}',
      '{"n": 9007199254740993}',
      1,
    ],
    [
      "a large number alike",
      "",
      '{"n": 10000000000000000}',
      '{"n": 1e16}',
      '{"n": 10000000000000000}',
      0,
    ],
    ["one key alike", "", '{"a": 1, "b": 1}', '{"a": 1.0, "c": 1}', '{"a": 1, "b": 1, "c": 1}', 0],
    [
      "a key that only they changed",
      '{"a": 1}',
      '{"a": 1, "b": 1}',
      '{"a": 2}',
      '{"a": 2, "b": 1}',
      0,
    ],
    [
      "a key that only we changed",
      '{"a": 1}',
      '{"a": 2}',
      '{"a": 1, "b": 1}',
      '{"a": 2, "b": 1}',
      0,
    ],
    [
      "one key in conflict beside a new one",
      '{"a": 1}',
      '{"a": 2}',
      '{"a": 3, "b": 1}',
      '{"a": 2, "b": 1}',
      1,
    ],
    ["one new key with two values", "", '{"a": 2}', '{"a": 3}', '{"a": 2}', 1],
    [
      "a key that we took away and they left",
      '{"a": 1}',
      '{"b": 1}',
      '{"a": 1, "c": 1}',
      '{"a": 1, "b": 1, "c": 1}',
      0,
    ],
    [
      "a key that they took away and we left",
      '{"a": 1}',
      '{"a": 1, "c": 1}',
      '{"b": 1}',
      '{"a": 1, "b": 1, "c": 1}',
      0,
    ],
    [
      "a key that they took away and we changed",
      '{"a": 1}',
      '{"a": 2}',
      '{"b": 1}',
      '{"a": 2, "b": 1}',
      0,
    ],
    ["a key that both took away", '{"a": 1}', '{"b": 1}', '{"c": 1}', '{"b": 1, "c": 1}', 0],
    [
      "a key that we took away and they changed",
      '{"a": 1}',
      '{"b": 1}',
      '{"a": 2}',
      '{"a": 2, "b": 1}',
      0,
    ],
  ])("merges metrics by key: %s", (_name, old, ours, theirs, merged, count) => {
    const { cells, conflicts } = mergeRow(
      { metrics_json: old },
      { metrics_json: ours },
      { metrics_json: theirs },
    );
    expect(cells["metrics_json"]).toBe(merged);
    expect(conflicts).toHaveLength(count);
  });

  it("merges cells of extra columns and adds columns that only they have", () => {
    const { log, conflicts } = mergeTexts(
      "experiment_id,gpu\na,A100\nb,A100\n",
      "experiment_id,gpu\na,H100\nb,A100\n",
      'experiment_id,gpu,"cost,usd",constructor\na,A100,3,x\nb,B200,,\nc,L4,5,\n',
    );
    expect(conflicts).toEqual([]);
    expect(log.header.slice(0, 2)).toEqual(["experiment_id", "gpu"]);
    expect(log.header.slice(-2)).toEqual(["cost,usd", "constructor"]);
    const cells = ["a", "b", "c"].map((id, row) => [
      log.rowOf(id) === row,
      ...["gpu", "cost,usd", "constructor"].map((column) => log.cell(row, column)),
    ]);
    expect(cells).toEqual([
      [true, "H100", "3", "x"],
      [true, "B200", "", ""],
      [true, "L4", "5", ""],
    ]);
  });

  it.each([
    { lacking: "theirs", isOursWith: true },
    { lacking: "ours", isOursWith: false },
  ])("empties no cell of a column that $lacking lacks", ({ isOursWith }) => {
    const withGpu = (text: string) => text.replace(/\n$/, ",a100\n").replace("\n", ",gpu\n");
    const old = withGpu(logText([{ notes: "old" }]));
    const [one, other] = [withGpu(logText([{ notes: "new" }])), logText([{ notes: "old" }])];
    const { log, conflicts } = isOursWith
      ? mergeTexts(old, one, other)
      : mergeTexts(old, other, one);
    expect(conflicts).toEqual([]);
    expect(log.cell(0, "gpu")).toBe("a100");
    expect(log.cell(0, "notes")).toBe("new");
  });

  it("brings a lost row back with the cells of a column that theirs lacks", () => {
    const old = logText([{ notes: "old" }])
      .replace(/\n$/, ",a100\n")
      .replace("\n", ",gpu\n");
    const ours = logText([]).replace("\n", ",gpu\n");
    expect(mergeTexts(old, ours, logText([{}])).log.cell(0, "gpu")).toBe("a100");
  });

  it.each(["the row", "the column"])(
    "loses no cell where we deleted %s and they the other",
    (what) => {
      const base = "experiment_id,x\na,1\nb,2\n";
      const noRow = "experiment_id,x,notes\na,1,hi\n";
      const noColumn = "experiment_id,notes\na,\nb,\nnew,\n";
      const isRow = what === "the row";
      const { log, conflicts } = mergeTexts(
        base,
        isRow ? noRow : noColumn,
        isRow ? noColumn : noRow,
      );
      expect(conflicts).toEqual([]);
      const cells = ["a", "b", "new"].map((id) =>
        ["x", "notes"].map((column) => log.cell(log.rowOf(id) as number, column)),
      );
      expect(cells).toEqual([
        ["1", "hi"],
        ["2", ""],
        ["", ""],
      ]);
    },
  );

  it("adds their columns to a log that was empty", () => {
    const { log } = mergeTexts("", "", "experiment_id,gpu\na,A100\n");
    expect(cellsOf(log, 0)).toEqual({ experiment_id: "a", gpu: "A100" });
  });

  it("keeps every row of either side and every cell that one side alone changed", () => {
    const text = fc.constantFrom("", "a", "b", "c,d", "é\n");
    const cells = fc.record({ notes: text, owner: text, next_action: text });
    const side = fc.dictionary(fc.constantFrom("r1", "r2", "r3", "r4"), cells, { maxKeys: 4 });
    const csv = (rows: Record<string, Row>) =>
      logText(Object.entries(rows).map(([experiment_id, row]) => ({ experiment_id, ...row })));
    fc.assert(
      fc.property(side, side, side, (old, ours, theirs) => {
        const { log, conflicts } = mergeTexts(csv(old), csv(ours), csv(theirs));
        const ids = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
        expect(log.rowCount).toBe(ids.length);
        const wrong = ids.flatMap((id) =>
          (["notes", "owner", "next_action"] as const).filter((column) => {
            const was = (ours[id] && old[id]?.[column]) ?? "";
            const our = ours[id]?.[column] ?? "";
            const their = theirs[id] === undefined ? was : theirs[id][column];
            const isConflict = our !== their && our !== was && their !== was;
            const isSaid = conflicts.some((at) => at.experimentId === id && at.column === column);
            const expected = our === was ? their : our;
            const found = log.cell(log.rowOf(id) ?? -1, column);
            return isSaid !== isConflict || found !== expected;
          }),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
