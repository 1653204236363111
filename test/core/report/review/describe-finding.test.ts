import { expect, test } from "vitest";
import { describeFinding } from "../../../../src/core/report/review/describe-finding.ts";

const FINDING = { level: "error", code: "row-deleted", sentence: "It is gone.", path: "a.csv" };

test("a finding is described with what is known of its place, in snake_case", () => {
  expect(describeFinding(FINDING as never)).toEqual(FINDING);
  const place = { line: 2, endLine: 3, column: 4, experimentId: "exp-1" };
  expect(describeFinding({ ...FINDING, ...place } as never)).toEqual({
    ...FINDING,
    line: 2,
    end_line: 3,
    column: 4,
    experiment_id: "exp-1",
  });
});
