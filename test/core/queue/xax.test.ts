import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/core/queue/observation.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { endedJob, xaxJob, xaxSample, xaxStatus } from "../../builders/xax.ts";

function observe(job: unknown): Observation {
  const [observation] = xax.parseStatus(xaxStatus(job), "s").observations;
  if (observation === undefined) throw new Error("the job was left out");
  return observation;
}

function warningsOf(...jobs: unknown[]): readonly string[] {
  return xax.parseStatus(xaxStatus(...jobs), "s").warnings;
}

describe("parseStatus", () => {
  it("reads every field of a genuine job", () => {
    const { observations, warnings } = xax.parseStatus(xaxSample("status-running"), "s");
    expect(warnings).toEqual([]);
    expect(observations.find((job) => job.jobId === "job-0000008")).toEqual({
      jobId: "job-0000008",
      status: "completed",
      submittedAt: 1795401992.366509,
      startedAt: 1795401992.5626242,
      endedAt: 1795401994.1116662,
      taskKey: "examples.gpt.Gpt",
      command: undefined,
      runDir: "/home/ml/runs/gpt/run_1",
      configPath: "/home/ml/runs/gpt/run_1/config.yaml",
      launcher: "multi",
      failure: undefined,
      cancelReason: undefined,
      restarts: 0,
      metrics: undefined,
    });
  });

  it("knows an empty queue, and that its observer is not there", () => {
    expect(xax.parseStatus(xaxSample("status-empty"), "s")).toEqual({
      observations: [],
      listed: new Set(),
      warnings: [],
      deadObserverSince: "unknown",
    });
  });

  it("lists the ids of all jobs, also of those it leaves out", () => {
    const jobs = [xaxJob(), xaxJob({ job_id: "job-2", status: "paused" }), {}, 7];
    const { observations, listed } = xax.parseStatus(xaxStatus(...jobs), "s");
    expect(observations.map(({ jobId }) => jobId)).toEqual(["job-1"]);
    expect(listed).toEqual(new Set(["job-1", "job-2"]));
  });

  it.each([
    [{ observer_active: true }, undefined],
    [{}, undefined],
    [{ observer_active: false }, "unknown"],
    [{ observer_active: false, observer: { updated_at: 0 } }, "unknown"],
    [{ observer_active: false, observer: { updated_at: 5.5 } }, 5.5],
  ])("of %j says since when the observer is dead: %s", (fields, since) => {
    const report = xax.parseStatus(JSON.stringify({ jobs: [], ...fields }), "s");
    expect(report.deadObserverSince).toBe(since);
  });

  it.each([
    ["seconds with a fraction", 1795401992.25, 1795401992.25],
    ["zero", 0, undefined],
    ["before 1970", -5, undefined],
    ["Slurm's sentinel of no value", 4294967294, undefined],
    ["Slurm's sentinel of infinity", 4294967295, undefined],
    ["the second between a sentinel and the calendar", 4294967296, 4294967296],
    ["the last second of a four-digit year", 253402300799, 253402300799],
    ["milliseconds", 1795401992000, undefined],
    ["a text", "1795401992", undefined],
    ["null", null, undefined],
    ["absent", undefined, undefined],
  ])("takes %s as a time or as none", (_name, value, time) => {
    expect(observe(xaxJob({ enqueued_at: value })).submittedAt).toBe(time);
    expect(observe(xaxJob({ started_at: value })).startedAt).toBe(time);
    expect(observe(endedJob({ ended_at: value })).endedAt).toBe(time);
  });

  it("takes not a number as no time", () => {
    const text = xaxStatus(xaxJob({ enqueued_at: "@" })).replace('"@"', "NaN");
    expect(xax.parseStatus(text, "s").observations[0]?.submittedAt).toBeUndefined();
  });

  it.each([
    ["queued", undefined, undefined],
    ["running", 1010, undefined],
    ["completed", 1010, 1020],
    ["failed", 1010, 1020],
    ["cancelled", 1010, 1020],
  ])("of a %s job takes only the times that can be true", (status, startedAt, endedAt) => {
    expect(observe(endedJob({ status }))).toMatchObject({ status, startedAt, endedAt });
  });

  it("reads metrics that stand in the status, numbers only", () => {
    const metrics = { loss: 0.5, name: "x", list: [1] };
    expect(observe(xaxJob({ metrics })).metrics).toEqual(new Map([["loss", 0.5]]));
    expect(observe(xaxJob({ metrics: [1] })).metrics).toBeUndefined();
  });

  it("counts a job listed twice once, in its first place: the newest submission", () => {
    const { observations } = xax.parseStatus(
      xaxStatus(
        xaxJob({ enqueued_at: 10 }),
        xaxJob({ job_id: "job-2" }),
        endedJob({ enqueued_at: 20 }),
        xaxJob({ enqueued_at: 20, status: "queued" }),
        xaxJob({ enqueued_at: null, status: "queued" }),
      ),
      "s",
    );
    expect(observations.map((job) => [job.jobId, job.status])).toEqual([
      ["job-1", "completed"],
      ["job-2", "running"],
    ]);
  });

  it("takes a submission over none", () => {
    const jobs = xaxStatus(xaxJob({ enqueued_at: null }), endedJob({ enqueued_at: 1 }));
    expect(xax.parseStatus(jobs, "s").observations[0]?.status).toBe("completed");
  });

  it.each([
    [7, "is a number, expected a job object; it was left out"],
    [null, "is null, expected a job object; it was left out"],
    [[], "is a list, expected a job object; it was left out"],
    ["x", "is a string, expected a job object; it was left out"],
    [{}, "has no job_id, so it cannot be recorded; it was left out"],
    [{ job_id: 7 }, "has no job_id, so it cannot be recorded; it was left out"],
    [{ job_id: " " }, "has no job_id, so it cannot be recorded; it was left out"],
    [{ job_id: "a\nb" }, 'has a job_id that cannot be an experiment id: "a\\nb"; it was left out'],
    [{ job_id: " a" }, 'has a job_id that cannot be an experiment id: " a"; it was left out'],
    [
      { job_id: "a\udc80" },
      'has a job_id that cannot be an experiment id: "a\\udc80"; it was left out',
    ],
    [
      { job_id: "a\u202eb" },
      'has a job_id that cannot be an experiment id: "a\\u202eb"; it was left out',
    ],
    [
      xaxJob({ status: "exploded" }),
      '("job-1") has the unknown status "exploded"; its row was left alone',
    ],
    [
      xaxJob({ status: "planned" }),
      '("job-1") has the unknown status "planned"; its row was left alone',
    ],
    [
      xaxJob({ status: undefined }),
      '("job-1") has the unknown status "nothing"; its row was left alone',
    ],
    [
      xaxJob({ status: { toString: 1 } }),
      '("job-1") has the unknown status "{\\"toString\\":1}"; its row was left alone',
    ],
  ])("leaves %j out and says why", (job, sentence) => {
    expect(warningsOf(xaxJob({ job_id: "ok" }), job)).toEqual([`s: jobs[1] ${sentence}`]);
  });

  it("takes an id of 200 characters and leaves out a longer one", () => {
    expect(observe(xaxJob({ job_id: "x".repeat(200) })).jobId).toHaveLength(200);
    expect(warningsOf(xaxJob({ job_id: "x".repeat(201) }))).toHaveLength(1);
  });

  it.each([
    ["[]", "s: expected a JSON object with a list `jobs`, found a list"],
    ["null", "s: expected a JSON object with a list `jobs`, found null"],
    ["3", "s: expected a JSON object with a list `jobs`, found a number"],
    ["{}", "s: expected a list `jobs`, found nothing"],
    ['{"jobs": {}}', "s: expected a list `jobs`, found an object"],
  ])("refuses %s", (text, message) => {
    expect(() => xax.parseStatus(text, "s")).toThrow(
      expect.objectContaining({ message, remedy: "Save the output of `xax queue status --json`." }),
    );
  });
});

describe("the class of a failure", () => {
  it.each([
    [
      "oom",
      { oom_detected: true, return_code: 1, error: "CUDA OOM detected: x" },
      "CUDA OOM detected: x",
      undefined,
    ],
    ["oom", { oom_detected: true, return_code: -9, error: null }, "", undefined],
    [
      "infra",
      { return_code: -1, error: "Recovered orphaned running job" },
      "Recovered orphaned running job",
      undefined,
    ],
    [
      "timeout",
      { return_code: 124, error: "Job timed out after 8 h" },
      "Job timed out after 8 h",
      undefined,
    ],
    ["timeout", { return_code: -15, error: "TIMEOUT" }, "TIMEOUT", undefined],
    [
      "timeout",
      { return_code: 1, error: "reached the time limit" },
      "reached the time limit",
      undefined,
    ],
    ["infra", { error: "lost" }, "lost", undefined],
    ["infra", {}, "the queue gives no exit code", undefined],
    [
      "killed",
      { return_code: -15, error: "Terminated by signal 15" },
      "Terminated by signal 15",
      undefined,
    ],
    ["killed", { return_code: -9 }, "signal 9", undefined],
    [
      "exit",
      { return_code: 1, error: "Exited with return code 1" },
      "Exited with return code 1",
      1,
    ],
    ["exit", { return_code: 0 }, "", 0],
    ["exit", { oom_detected: "true", return_code: 2, error: "  " }, "", 2],
  ])("is %s for %j", (kind, fields, detail, exitCode) => {
    expect(observe(endedJob({ status: "failed", return_code: null, ...fields })).failure).toEqual({
      class: kind,
      detail,
      ...(exitCode === undefined ? {} : { exitCode }),
    });
  });

  it("is none unless the job failed, and only a cancelled job has a reason of that", () => {
    expect(observe(endedJob({ error: "x", return_code: 1 }))).toMatchObject({
      failure: undefined,
      cancelReason: undefined,
    });
    expect(observe(endedJob({ status: "cancelled", error: "\n by ann \nx" }))).toMatchObject({
      failure: undefined,
      cancelReason: "by ann",
    });
    expect(observe(endedJob({ status: "cancelled" })).cancelReason).toBeUndefined();
  });

  it("says the first line that says something, without colours and control characters", () => {
    const error = "\r\n \t\n\u001b[31mRuntime\u0007Error:\u001b[0m boom\u0085\nmore";
    expect(observe(endedJob({ status: "failed", return_code: 1, error })).failure?.detail).toBe(
      "Runtime Error: boom",
    );
  });
});

describe("parseMetrics", () => {
  it("reads a genuine answer, with what is not finite", () => {
    const metrics = xax.parseMetrics(xaxSample("metrics-diverged-NaN"), "m");
    expect(metrics.get("value/acc")).toBe(0.9678934216499329);
    expect(metrics.get("value/loss")).toBe(Number.POSITIVE_INFINITY);
    expect(metrics.get("🔧 gpu/sm/0")).toBe(97);
    expect(metrics.size).toBe(7);
  });

  it.each([
    [
      "the highest step",
      [
        [2, 5, 0.2],
        [1, 9, 0.1],
      ],
      0.2,
    ],
    [
      "the highest step, listed last",
      [
        [1, 9, 0.1],
        [2, 5, 0.2],
      ],
      0.2,
    ],
    [
      "the latest time of one step",
      [
        [1, 9, 0.1],
        [1, 5, 0.2],
      ],
      0.1,
    ],
    [
      "the latest time of one step, listed last",
      [
        [1, 5, 0.2],
        [1, 9, 0.1],
      ],
      0.1,
    ],
    [
      "the last of equals",
      [
        [1, 5, 0.1],
        [1, 5, 0.2],
      ],
      0.2,
    ],
    [
      "a step over none",
      [
        [1, null, 0.1],
        [null, 9, 0.2],
      ],
      0.1,
    ],
    [
      "a step over none, listed last",
      [
        [null, 9, 0.2],
        [1, null, 0.1],
      ],
      0.1,
    ],
    [
      "a time over none, listed last",
      [
        [null, null, 0.2],
        [null, 1, 0.1],
      ],
      0.1,
    ],
    [
      "a time over none",
      [
        [null, 1, 0.1],
        [null, null, 0.2],
      ],
      0.1,
    ],
  ])("takes %s", (_name, points, value) => {
    const list = points.map(([step, wall_time, value]) => ({ tag: "a", step, wall_time, value }));
    expect(xax.parseMetrics(JSON.stringify(list), "m")).toEqual(new Map([["a", value]]));
  });

  it("leaves out points without a tag or a number", () => {
    const list = [
      7,
      { tag: "", value: 1 },
      { tag: "a", value: "1" },
      { value: 1 },
      { tag: "b", value: 2 },
    ];
    expect(xax.parseMetrics(JSON.stringify(list), "m")).toEqual(new Map([["b", 2]]));
  });

  it("reads an object of numbers", () => {
    expect(xax.parseMetrics('{"a": 1, "b": "x"}', "m")).toEqual(new Map([["a", 1]]));
  });

  it("refuses anything else", () => {
    expect(() => xax.parseMetrics('"x"', "m")).toThrow(
      "m: expected a list of metric points, found a string",
    );
  });
});

it("xax is asked for its status and for the metrics of a job", () => {
  expect(xax.statusCommand).toEqual(["xax", "queue", "status", "--json"]);
  expect(xax.metricsCommand).toEqual(["xax", "queue", "metrics", "{queue_job_id}", "--json"]);
});
