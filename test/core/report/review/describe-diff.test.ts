import { expect, test } from "vitest";
import { describeDiff } from "../../../../src/core/report/review/describe-diff.ts";
import { logDiff } from "../../../builders/review.ts";

test("a difference for machines has snake_case keys and rows from 1", () => {
  const diff = logDiff(
    [{ status: "running" }, { experiment_id: "exp-x", status: "failed" }],
    [{ status: "completed" }, { experiment_id: "exp-y", status: "planned" }],
    {
      rewritten: [{ experimentId: "exp-003", row: 2 }],
      isHeaderRewritten: true,
      isReordered: true,
      columnsAdded: ["gpu"],
      columnsRemoved: ["cpu"],
    },
  );
  const times = { created_at: "2026-03-01T00:00:00Z", updated_at: "2026-03-01T00:00:00Z" };
  const whole = (cells: Record<string, string>, side: "before" | "after") =>
    Object.entries(cells).map(([column, text]) => ({
      ...{ column, before: "", after: "" },
      [side]: text,
    }));
  expect(describeDiff(diff)).toEqual({
    added: [
      {
        experiment_id: "exp-y",
        row: 2,
        cells: whole({ experiment_id: "exp-y", status: "planned", ...times }, "after"),
      },
    ],
    changed: [
      {
        experiment_id: "exp-001",
        row: 1,
        cells: [{ column: "status", before: "running", after: "completed" }],
      },
    ],
    removed: [
      {
        experiment_id: "exp-x",
        row: 2,
        cells: whole({ experiment_id: "exp-x", status: "failed", ...times }, "before"),
      },
    ],
    rewritten: [{ experiment_id: "exp-003", row: 3 }],
    header_rewritten: true,
    reordered: true,
    columns_added: ["gpu"],
    columns_removed: ["cpu"],
  });
});
