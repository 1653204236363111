import { describe, expect, it } from "vitest";
import { buildRowChanges, type RowCommit } from "../../../src/core/history/build-row-changes.ts";
import type { RowVersion } from "../../../src/core/history/read-row.ts";

const ABSENT: RowVersion = { kind: "absent" };

function row(cells: Readonly<Record<string, string>>): RowVersion {
  return { kind: "row", cells: new Map(Object.entries(cells)) };
}

/** `a` has no parents, `b(a)` one, `m(a,b)` two. */
function commits(...steps: readonly (readonly [string, RowVersion])[]): readonly RowCommit[] {
  return steps.map(([name, version]) => {
    const [, commit = "", , parents = ""] = /^(\w+)(\(([\w,]*)\))?$/.exec(name) ?? [];
    return { commit, parents: parents === "" ? [] : parents.split(","), version };
  });
}

/** `commit kind column:before>after …` */
function told(...steps: readonly (readonly [string, RowVersion])[]): readonly string[] {
  return buildRowChanges(commits(...steps)).map(({ commit, kind, cells }) =>
    [commit, kind, ...cells.map((cell) => `${cell.column}:${cell.before}>${cell.after}`)].join(" "),
  );
}

describe("buildRowChanges", () => {
  it("tells how a row came, changed and went, cell by cell", () => {
    const steps = told(
      ["a", ABSENT],
      ["b(a)", row({ id: "x", status: "queued", notes: "" })],
      ["c(b)", row({ id: "x", status: "running", notes: "" })],
      ["d(c)", row({ id: "x", status: "running", notes: "", extra: "1" })],
      ["e(d)", row({ id: "x", status: "running", notes: "" })],
      ["f(e)", ABSENT],
    );
    expect(steps).toEqual([
      "b added id:>x status:>queued",
      "c changed status:queued>running",
      "d changed extra:>1",
      "e changed extra:1>",
      "f removed id:x> status:running>",
    ]);
  });

  it("says nothing of a commit that leaves the row as it is", () => {
    expect(told(["a", row({ id: "x" })], ["b(a)", row({ id: "x", notes: "" })])).toEqual([
      "a added id:>x",
    ]);
  });

  it("tells of a merge only what neither side has", () => {
    const steps = told(
      ["a", row({ id: "x", notes: "1", owner: "" })],
      ["b(a)", row({ id: "x", notes: "2", owner: "" })],
      ["c(a)", row({ id: "x", notes: "1", owner: "o" })],
      ["m(b,c)", row({ id: "x", notes: "2", owner: "o" })],
      ["n(b,c)", row({ id: "x", notes: "3", owner: "o" })],
    );
    expect(steps.slice(1)).toEqual([
      "b changed notes:1>2",
      "c changed owner:>o",
      "n changed notes:2>3",
    ]);
  });

  it("tells a row that a merge lost, and not one that a side had removed", () => {
    const there = row({ id: "x" });
    const steps = told(
      ["a", ABSENT],
      ["b(a)", there],
      ["c(a)", ABSENT],
      ["m(b,c)", ABSENT],
      ["d(b)", ABSENT],
      ["n(b,d)", ABSENT],
      ["o(m)", ABSENT],
    );
    expect(steps).toEqual(["b added id:>x", "m removed id:x>", "d removed id:x>"]);
  });

  it("says where the log could not be read, and goes on from what was before", () => {
    const broken: RowVersion = { kind: "unreadable", problem: "log.csv:2:1: torn" };
    const list = commits(
      ["a", row({ id: "x", notes: "1" })],
      ["b(a)", broken],
      ["c(b)", row({ id: "x", notes: "2" })],
      ["d", broken],
      ["e(d)", row({ id: "x" })],
    );
    const events = buildRowChanges(list);
    expect(events[1]).toEqual({
      commit: "b",
      kind: "unreadable",
      cells: [],
      problem: "log.csv:2:1: torn",
    });
    expect(events.slice(2).map(({ commit, kind, cells }) => [commit, kind, cells.length])).toEqual([
      ["c", "changed", 1],
      ["d", "unreadable", 0],
      ["e", "added", 1],
    ]);
  });

  it("takes a commit whose parent is not known for a beginning", () => {
    expect(told(["a(gone)", row({ id: "x" })])).toEqual(["a added id:>x"]);
  });
});
