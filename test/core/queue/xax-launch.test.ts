import { describe, expect, test } from "vitest";
import { xax } from "../../../src/core/queue/xax.ts";

const LINE = "Queued job-0000012 (examples.mnist.Mnist) at /runs/mnist/run_3 [launcher=multi]";

describe("the output of xax's queued launcher", () => {
  test.each([
    LINE,
    `\u001b[32mINFO\u001b[0m xax.task: \u001b[1m${LINE}\u001b[0m\nbye\n`,
    `${LINE}\n${LINE}`,
    "Queued \u001b[36mjob-0000012\u001b[0m (x)",
  ])("names the job: %j", (output) => {
    expect(xax.launch?.parseJobId(output)).toBe("job-0000012");
  });

  test.each([
    "",
    "no job",
    "Queued job-12 (x)",
    "Queued job-0000012",
    `${LINE}\nQueued job-0000013 (x)`,
    `Queued job-${"1".repeat(33)} (x)`,
    "UnQueued job-0000012 (x)",
  ])("names none, or not one: %j", (output) => {
    expect(xax.launch?.parseJobId(output)).toBeUndefined();
  });
});

test("a waiting job is cancelled, the running one killed, one that has ended left alone", () => {
  const commands = (["queued", "running", "completed", "failed", "cancelled"] as const).map(
    (status) => xax.launch?.cancelCommand(status)?.join(" "),
  );
  expect(commands).toEqual([
    "xax queue cancel {queue_job_id}",
    "xax queue kill {queue_job_id}",
    undefined,
    undefined,
    undefined,
  ]);
});
