import { describe, expect, it } from "vitest";
import { isChanged } from "../../../src/core/log/draft.ts";
import { draftOf, readLog, textOf } from "../../builders/log.ts";

const LOG = 'experiment_id,notes\r\n"a","old"\r\nb,\r\n';

describe("createDraft", () => {
  it("is unchanged, and gives the same bytes, once a cell has its old text again", () => {
    const draft = draftOf(LOG);
    expect(draft.set(0, "notes", "new")).toBe(true);
    expect(isChanged(draft)).toBe(true);
    expect(draft.set(0, "notes", "old")).toBe(true);
    expect(isChanged(draft)).toBe(false);
    expect(textOf(draft)).toBe(LOG);
  });

  it("keeps the quotes of a cell that got its old text again beside one that changed", () => {
    const draft = draftOf(LOG);
    draft.set(0, "notes", "new");
    draft.set(0, "status", "queued");
    draft.set(0, "notes", "old");
    expect(textOf(draft)).toContain('\r\n"a","old",,,queued');
  });

  it("says that nothing moved when a cell has the text already", () => {
    const draft = draftOf(LOG);
    expect(draft.set(0, "notes", "old")).toBe(false);
    expect(draft.set(1, "status", "")).toBe(false);
    expect(isChanged(draft)).toBe(false);
  });

  it("finds appended rows by id and reads their cells", () => {
    const draft = draftOf(LOG);
    const row = draft.append("c");
    expect(draft.rowOf("c")).toBe(2);
    expect(draft.rowCount).toBe(3);
    expect(draft.isEmpty(row, "notes")).toBe(true);
    draft.set(row, "notes", "x");
    expect(draft.isEmpty(row, "notes")).toBe(false);
    expect(draft.cell(row, "status")).toBe("");
    draft.set(row, "notes", "");
    expect(draft.isEmpty(row, "notes")).toBe(true);
  });

  it("knows an emptied cell of the base as empty", () => {
    const draft = draftOf(LOG);
    expect(draft.isEmpty(0, "notes")).toBe(false);
    draft.set(0, "notes", "");
    expect(draft.isEmpty(0, "notes")).toBe(true);
  });

  it("compares a cell with a text as it would be written, changed or appended or neither", () => {
    const draft = draftOf(LOG);
    draft.set(1, "notes", "new");
    const row = draft.append("c");
    const holds = (at: number, column: string, text: string) => draft.holds(at, column, text);
    expect([holds(0, "notes", "old"), holds(0, "notes", "new")]).toEqual([true, false]);
    expect([holds(1, "notes", "new"), holds(1, "notes", "")]).toEqual([true, false]);
    expect([holds(row, "experiment_id", "c"), holds(row, "experiment_id", "")]).toEqual([
      true,
      false,
    ]);
    expect([holds(row, "notes", ""), holds(row, "notes", "c")]).toEqual([true, false]);
  });

  it.each([
    ["a NUL byte", "a\0b", "ab"],
    ["an unpaired surrogate", "\ud83d!", "\ufffd!"],
    ["a paired surrogate", "🔧", "🔧"],
    ["a conflict marker after a line feed", "x\n<<<<<<< HEAD", "x\n <<<<<<< HEAD"],
    ["a conflict marker after a carriage return", "x\r>>>>>>> b", "x\r >>>>>>> b"],
    ["the marker of the common ancestor", "x\n||||||| b", "x\n ||||||| b"],
    ["a longer row of signs", "x\n<<<<<<<< HEAD", "x\n<<<<<<<< HEAD"],
  ])("stores %s so that the log can be read again", (_name, text, stored) => {
    const draft = draftOf(LOG);
    draft.set(0, "notes", text);
    expect(draft.cell(0, "notes")).toBe(stored);
    expect(readLog(textOf(draft)).cell(0, "notes")).toBe(stored);
    expect(draft.set(0, "notes", text)).toBe(false);
  });

  it("quotes a cell that would begin a line with a conflict marker", () => {
    for (const id of ["<<<<<<< HEAD", ">>>>>>> b", "||||||| c"]) {
      const draft = draftOf("experiment_id\n");
      draft.append(id);
      expect(readLog(textOf(draft)).rowOf(id)).toBe(0);
    }
  });
});
