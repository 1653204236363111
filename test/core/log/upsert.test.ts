import { describe, expect, it } from "vitest";
import { RefusedError } from "../../../src/core/errors.ts";
import type { RowPatch } from "../../../src/core/log/table.ts";
import { upsert } from "../../../src/core/log/upsert.ts";
import { cellsOf, draftOf, LATER, logText, NOW, textOf } from "../../builders/log.ts";

const OLD = "2026-01-01T00:00:00Z";

function upserted(log: string, experimentId: string, patch: RowPatch) {
  const draft = draftOf(log);
  const mode = upsert(draft, { experimentId, patch, now: LATER });
  const row = draft.rowOf(experimentId) ?? -1;
  return { mode, cells: cellsOf(draft, row), text: textOf(draft), draft };
}

const LOG = logText([
  { experiment_id: "a", status: "completed", notes: "old", created_at: OLD, updated_at: OLD },
  { experiment_id: "b", created_at: OLD },
]);

describe("upsert", () => {
  it("creates a planned row with both times where there is none", () => {
    const { mode, cells, draft } = upserted(LOG, "c", { hypothesis: "helps", owner: "" });
    expect(mode).toBe("created");
    expect(draft.rowOf("c")).toBe(2);
    expect(cells).toEqual({
      experiment_id: "c",
      status: "planned",
      hypothesis: "helps",
      created_at: LATER,
      updated_at: LATER,
    });
  });

  it("creates a row with the status and the time of creation it is given", () => {
    const { cells } = upserted("", "c", { status: "failed", created_at: OLD, updated_at: OLD });
    expect(cells).toMatchObject({ status: "failed", created_at: OLD, updated_at: LATER });
  });

  it("changes the cells it is given and the time of the change, and nothing else", () => {
    const { mode, text } = upserted(LOG, "a", { notes: "new", next_action: "go on" });
    expect(mode).toBe("updated");
    expect(text).toBe(
      logText([
        {
          experiment_id: "a",
          status: "completed",
          notes: "new",
          next_action: "go on",
          created_at: OLD,
          updated_at: LATER,
        },
        { experiment_id: "b", created_at: OLD },
      ]),
    );
  });

  it("ignores empty values and the id, and leaves the file when no other cell moves", () => {
    const { mode, text } = upserted(LOG, "a", {
      notes: "",
      status: "completed",
      experiment_id: "z",
    });
    expect(mode).toBe("unchanged");
    expect(text).toBe(LOG);
  });

  it("says updated when only the first of several cells moved", () => {
    expect(upserted(LOG, "a", { notes: "new", status: "completed" }).mode).toBe("updated");
  });

  it("refuses a move the table forbids and leaves the row alone", () => {
    const draft = draftOf(LOG);
    const attempt = () =>
      upsert(draft, { experimentId: "a", patch: { status: "running", notes: "new" }, now: NOW });
    expect(attempt).toThrow(RefusedError);
    expect(attempt).toThrow(
      'experiment "a" cannot go from completed to running: it is completed already; only the queue reopens a finished experiment, by a requeue',
    );
    expect(textOf(draft)).toBe(LOG);
  });

  it("lets a person supersede a finished row, and give a row without a status any", () => {
    expect(upserted(LOG, "a", { status: "superseded" }).cells["status"]).toBe("superseded");
    expect(upserted(LOG, "b", { status: "completed" }).cells["status"]).toBe("completed");
  });
});
