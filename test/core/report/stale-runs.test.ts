import { expect, test } from "vitest";
import { parseStaleRuns } from "../../../src/core/report/stale-runs.ts";
import { renderSummary } from "../../../src/core/report/summary.ts";
import { logTable } from "../../builders/log-table.ts";
import { reportModel } from "../../builders/report.ts";

const gone = (experimentId: string) => ({
  experimentId,
  since: "2026-03-01T00:00:00Z",
  reason: "gone",
});
const table = logTable([
  { experiment_id: "a", status: "running" },
  { experiment_id: "b", status: "completed" },
]);
const parsed = (summary: string) => parseStaleRuns(Buffer.from(summary), table);

test("the stale runs of a summary are read back as far as they still run", () => {
  const stale = [gone("a"), gone("b"), gone("no such experiment")];
  expect(parsed(renderSummary(reportModel([], { stale })))).toEqual([gone("a")]);
});

test.each([
  ["no JSON", "{"],
  ["no object", "null"],
  ["a summary without the list", '{"schema":1,"stale":1}'],
  ["entries that are no stale runs", '{"stale_runs":[null,7,{"experiment_id":"a","since":1}]}'],
])("no run is stale by %s", (_name, summary) => {
  expect(parsed(summary)).toEqual([]);
});
