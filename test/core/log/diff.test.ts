import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecodedLog, decodeLog } from "../../../src/core/log/decode.ts";
import { diffLogs, type LogDiff } from "../../../src/core/log/diff.ts";
import { createDraft } from "../../../src/core/log/draft.ts";
import { encodeLog } from "../../../src/core/log/encode.ts";
import { storableText } from "../../../src/core/log/storable-text.ts";
import { LOG_PATH, logText, readLog } from "../../builders/log.ts";

const NOTHING: LogDiff = {
  added: [],
  changed: [],
  removed: [],
  rewritten: [],
  isHeaderRewritten: false,
  isReordered: false,
  columnsAdded: [],
  columnsRemoved: [],
};

function diffTexts(base: string, head: string): LogDiff {
  return diffLogs(readLog(base), readLog(head));
}

describe("the difference of two logs", () => {
  it("is nothing where nothing changed", () => {
    const text = logText([{ notes: 'two\n"lines"' }, {}]);
    expect(diffTexts(text, text)).toEqual(NOTHING);
    expect(diffTexts("", "")).toEqual(NOTHING);
  });

  it("names each cell that changed, in the order of the columns", () => {
    const base = logText([{}, { status: "planned", notes: "é" }, {}]);
    const head = logText([{}, { status: "queued", notes: "", owner: "ann" }, {}]);
    const cells = [
      { column: "status", before: "planned", after: "queued" },
      { column: "owner", before: "", after: "ann" },
      { column: "notes", before: "é", after: "" },
    ];
    const changed = [{ experimentId: "exp-2", row: 1, cells }];
    expect(diffTexts(base, head)).toEqual({ ...NOTHING, changed });
  });

  it("has every cell with text of a row that is added or removed", () => {
    const [one, two] = [logText([{ status: "failed" }]), logText([{ experiment_id: "b" }])];
    const cells = (before: string, after: string) => [{ column: "experiment_id", before, after }];
    expect(diffTexts(one, two)).toEqual({
      ...NOTHING,
      added: [{ experimentId: "b", row: 0, cells: cells("", "b") }],
      removed: [
        {
          experimentId: "exp-1",
          row: 0,
          cells: [...cells("exp-1", ""), { column: "status", before: "failed", after: "" }],
        },
      ],
    });
  });

  it("of a log and no file is its rows, and no columns", () => {
    const text = logText([{}, {}]);
    expect(diffTexts("", text)).toMatchObject({
      columnsAdded: [],
      added: [{ row: 0 }, { row: 1 }],
    });
    expect(diffTexts(text, "")).toMatchObject({
      columnsRemoved: [],
      removed: [{ row: 0 }, { row: 1 }],
    });
  });

  it("tells rows that are written anew from rows that are changed", () => {
    const base = "experiment_id,notes\na,1\nb,2\nc,\n";
    const rewritten = [
      { experimentId: "a", row: 0 },
      { experimentId: "c", row: 2 },
    ];
    expect(diffTexts(base, 'experiment_id,notes\na,"1"\nb,2\nc,""\n')).toEqual({
      ...NOTHING,
      rewritten,
    });
    const crlf = diffTexts(base, base.replaceAll("\n", "\r\n"));
    expect(crlf.rewritten.map(({ experimentId }) => experimentId)).toEqual(["a", "b", "c"]);
  });

  it("tells a header that is written anew, also beside columns that came", () => {
    const base = "experiment_id,notes\na,1\n";
    const rewritten = { ...NOTHING, isHeaderRewritten: true };
    expect(diffTexts(base, 'experiment_id,"notes"\na,1\n')).toEqual(rewritten);
    expect(diffTexts(`\ufeff${base}`, base)).toEqual(rewritten);
    const wider = 'experiment_id,"notes",gpu\na,1,\n';
    expect(diffTexts(base, wider)).toEqual({ ...rewritten, columnsAdded: ["gpu"] });
    expect(diffTexts("\ufeff", base).isHeaderRewritten).toBe(false);
  });

  it("does not count the line end that a last row gets when another follows", () => {
    const base = "experiment_id,notes\na,1";
    const added = [
      { experimentId: "b", row: 1, cells: [{ column: "experiment_id", before: "", after: "b" }] },
    ];
    expect(diffTexts(base, `${base}\nb,\n`)).toEqual({ ...NOTHING, added });
    expect(diffTexts(`${base}\n`, base)).toEqual(NOTHING);
    expect(diffTexts(base, `${base}\r\n`)).toEqual(NOTHING);
  });

  it("tells that rows stand in another order, and not that one is new or gone between others", () => {
    const of = (...ids: string[]) => logText(ids.map((experiment_id) => ({ experiment_id })));
    expect(diffTexts(of("a", "b", "c"), of("c", "a", "b"))).toEqual({
      ...NOTHING,
      isReordered: true,
    });
    expect(diffTexts(of("a", "b", "c"), of("a", "x", "c")).isReordered).toBe(false);
    expect(diffTexts(of("a", "b"), of("b")).isReordered).toBe(false);
  });

  it("reads a column that is missing as empty", () => {
    const wide = "experiment_id,notes,gpu\na,n,\nb,,h100\n";
    const narrow = "experiment_id,notes\na,n\nb,\n";
    const cells = [{ column: "gpu", before: "", after: "h100" }];
    const changed = [{ experimentId: "b", row: 1, cells }];
    expect(diffTexts(narrow, wide)).toEqual({ ...NOTHING, changed, columnsAdded: ["gpu"] });
    expect(diffTexts(wide, narrow)).toMatchObject({
      changed: [{ cells: [{ column: "gpu", before: "h100", after: "" }] }],
      columnsRemoved: ["gpu"],
      rewritten: [],
    });
  });

  it("compares cells by their column, wherever it stands", () => {
    expect(
      diffTexts("experiment_id,notes,gpu\na,n,g\n", "gpu,experiment_id,notes\ng,a,n\n"),
    ).toEqual(NOTHING);
  });
});

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom("", "a,b", 'say "so"', "two\nlines", "two\r\nlines", "é🔧", " "),
);
const COLUMNS_EDITED = ["notes", "hypothesis", "owner", "gpu"] as const;
const cell = fc.tuple(fc.constantFrom(...COLUMNS_EDITED), text);
const scene = fc.record({
  rows: fc.array(fc.dictionary(fc.constantFrom(...COLUMNS_EDITED), text), { maxLength: 8 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  hasFinalLineEnd: fc.boolean(),
  edits: fc.array(fc.tuple(fc.nat(7), cell), { maxLength: 6 }),
  added: fc.array(fc.array(cell, { maxLength: 3 }), { maxLength: 3 }),
  removed: fc.array(fc.nat(7), { maxLength: 3 }),
});

/** A log of some columns, of which one is nobody's but the user's. */
function baseOf({
  rows,
  lineEnd,
  hasFinalLineEnd,
}: typeof scene extends fc.Arbitrary<infer S> ? S : never) {
  const empty = readLog(`experiment_id,${COLUMNS_EDITED.join(",")}${lineEnd}`);
  const draft = createDraft(empty);
  for (const [at, cells] of rows.entries()) {
    const row = draft.append(`exp-${at}`);
    for (const [column, said] of Object.entries(cells)) draft.set(row, column, said);
  }
  const bytes = Buffer.from(encodeLog(draft));
  const end = hasFinalLineEnd ? bytes.length : bytes.length - lineEnd.length;
  return decodeLog(bytes.subarray(0, end), LOG_PATH);
}

/** The log without rows, its other records as they are. */
function withoutRows(log: DecodedLog, removed: ReadonlySet<number>): DecodedLog {
  const { index, bytes } = log;
  if (index === undefined) return log;
  const startOf = (record: number) => index.bounds[record * (index.width + 1)] ?? bytes.length;
  const records = Array.from({ length: index.count }, (_, record) =>
    removed.has(record - 1)
      ? Buffer.alloc(0)
      : Buffer.from(bytes).subarray(startOf(record), startOf(record + 1)),
  );
  return decodeLog(Buffer.concat(records), LOG_PATH);
}

describe("the difference that an edit makes", () => {
  it("is the edit, whatever the log and the edit", () => {
    fc.assert(
      fc.property(scene, (given) => {
        const base = baseOf(given);
        const draft = createDraft(base);
        const edited = new Map<string, Map<string, string>>();
        for (const [at, [column, said]] of given.edits) {
          if (base.rowCount === 0) continue;
          const row = at % base.rowCount;
          const id = base.cell(row, "experiment_id");
          draft.set(row, column, said);
          edited.set(id, (edited.get(id) ?? new Map()).set(column, storableText(said)));
        }
        for (const [at, cells] of given.added.entries()) {
          const row = draft.append(`new-${at}`);
          for (const [column, said] of cells) draft.set(row, column, said);
        }
        const removed = new Set(given.removed.filter((row) => row < base.rowCount));
        const head = withoutRows(decodeLog(encodeLog(draft), LOG_PATH), removed);
        const diff = diffLogs(base, head);
        const ids = (rows: readonly { experimentId: string }[]) =>
          rows.map((row) => row.experimentId);
        expect(ids(diff.added)).toEqual(given.added.map((_, at) => `new-${at}`));
        expect(ids(diff.removed)).toEqual(
          [...removed].sort((a, b) => a - b).map((row) => `exp-${row}`),
        );
        expect(diff.isReordered).toBe(false);
        expect(diff.rewritten).toEqual([]);
        const moved = [...edited].flatMap(([experimentId, cells]) => {
          const row = base.rowOf(experimentId) as number;
          const changes = base.header
            .filter((column) => cells.has(column) && cells.get(column) !== base.cell(row, column))
            .map((column) => ({
              column,
              before: base.cell(row, column),
              after: cells.get(column),
            }));
          return removed.has(row) || changes.length === 0 ? [] : [{ experimentId, cells: changes }];
        });
        const found = diff.changed.map(({ experimentId, cells }) => ({ experimentId, cells }));
        expect(found.toSorted(byId)).toEqual(moved.toSorted(byId));
        for (const { experimentId, row, cells } of diff.added) {
          expect(head.cell(row, "experiment_id")).toBe(experimentId);
          expect(
            cells.every(({ column, after }) => head.cell(row, column) === after && after !== ""),
          ).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("turned around is the difference turned around", () => {
    fc.assert(
      fc.property(scene, scene, (one, other) => {
        const [base, head] = [baseOf(one), baseOf(other)];
        const [there, back] = [diffLogs(base, head), diffLogs(head, base)];
        expect(back.added.map(({ experimentId }) => experimentId)).toEqual(
          there.removed.map(({ experimentId }) => experimentId),
        );
        const turned = there.changed.map(({ experimentId, cells }) => ({
          experimentId,
          cells: cells.map(({ column, before, after }) => ({
            column,
            before: after,
            after: before,
          })),
        }));
        expect(back.changed.map(({ experimentId, cells }) => ({ experimentId, cells }))).toEqual(
          turned,
        );
      }),
      { numRuns: 500 },
    );
  });
});

function byId(one: { experimentId: string }, other: { experimentId: string }): number {
  return one.experimentId < other.experimentId ? -1 : 1;
}
