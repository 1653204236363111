import { expect, test } from "vitest";
import { describeLaunched } from "../../../src/core/launch/describe-launched.ts";

test("only the launches that succeeded are described, each with its job", () => {
  const outcomes = [
    { kind: "launched", experimentId: "a", jobId: "job-1" },
    { kind: "failed", experimentId: "b", reason: "No such program." },
  ] as const;
  expect(describeLaunched(outcomes)).toEqual([{ experiment_id: "a", queue_job_id: "job-1" }]);
});
