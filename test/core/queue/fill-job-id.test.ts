import { expect, test } from "vitest";
import { fillJobId } from "../../../src/core/queue/fill-job-id.ts";
import { withoutSource } from "../../../src/core/queue/without-source.ts";

test("a job's id stands in its command as it is, as a whole argument or inside one", () => {
  const command = ["m", "{queue_job_id}", "id={queue_job_id}", "{other}"];
  expect(fillJobId(command, "$&$1")).toEqual({
    kind: "filled",
    argv: ["m", "$&$1", "id=$&$1", "{other}"],
  });
});

test("an id that the command would take for an option is refused", () => {
  expect(fillJobId(["m", "{queue_job_id}"], "--help")).toEqual({
    kind: "refused",
    reason: "its id begins with a dash, which the command would take for an option",
  });
});

test.each([
  ["gpu01/job-1", "gpu01", "job-1"],
  ["gpu01/job-1", "gpu02", "gpu01/job-1"],
  ["undefined/job-1", undefined, "undefined/job-1"],
  ["job-1", "gpu01", "job-1"],
])("the queue knows the job %j of source %j as %j", (jobId, source, known) => {
  expect(withoutSource(jobId, source)).toBe(known);
});
