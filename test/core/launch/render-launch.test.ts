import { expect, test } from "vitest";
import { renderLaunch } from "../../../src/core/launch/render-launch.ts";

test("a launch is told in one sentence wherever it is told", () => {
  const experimentId = "exp-1";
  expect(renderLaunch({ kind: "launched", experimentId, jobId: "job-1" })).toBe(
    'Experiment "exp-1" was launched as job "job-1".',
  );
  expect(renderLaunch({ kind: "refused", experimentId, reason: "The loop is stopped." })).toBe(
    'Experiment "exp-1": refused. The loop is stopped.',
  );
});
