import { expect, test } from "vitest";
import { describeLaunched } from "../../../src/core/launch/describe-launched.ts";

test("only launches that succeeded are told, with the jobs they became", () => {
  const told = describeLaunched([
    { kind: "launched", experimentId: "lr-1", jobId: "job-7" },
    { kind: "refused", experimentId: "lr-2", reason: "It is not approved." },
    { kind: "not-started", why: "busy", experimentId: "lr-3", reason: "Another run launches it." },
  ]);
  expect(told).toEqual([{ experiment_id: "lr-1", queue_job_id: "job-7" }]);
});
