import { describe, expect, it } from "vitest";
import { createInclude, INCLUDE_FIELDS } from "../../../src/core/queue/include.ts";
import { xax } from "../../../src/core/queue/xax.ts";
import { xaxJob, xaxSample, xaxStatus } from "../../builders/xax.ts";

function includes(include: Record<string, string[]>, status = xaxSample("status-running")) {
  const isIncluded = createInclude(new Map(Object.entries(include)));
  const { observations } = xax.parseStatus(status, "s");
  return observations.filter(isIncluded).map((job) => job.jobId.slice(-1));
}

describe("createInclude", () => {
  it.each([
    [{}, "67854321"],
    [{ task_key: ["examples.mnist.*"] }, "6521"],
    [{ task_key: ["examples.mnist.*", "*Gpt"] }, "678521"],
    [{ task_key: ["examples.mnist.*"], status: ["queued", "running"] }, "65"],
    [{ run_dir: ["/home/ml/runs/gpt/*"] }, "78"],
    [{ config_path: ["*/gpt/*/config.yaml"] }, "78"],
    [{ job_id: ["job-000000[12]"] }, "21"],
    [{ launcher: ["single"] }, ""],
    [{ launcher: ["multi"] }, "67854321"],
    [{ task_key: ["mnist"] }, ""],
    [{ task_key: [] }, ""],
  ])("%j lets through the jobs %s", (include, jobs) => {
    expect(includes(include).join("")).toBe(jobs);
  });

  it("knows an absent field as an empty text", () => {
    const status = xaxStatus(xaxJob({ command: "python a.py" }), xaxJob({ job_id: "job-2" }));
    expect(includes({ command: ["python *"] }, status)).toEqual(["1"]);
    expect(includes({ command: ["*"] }, status)).toEqual(["1"]);
  });

  it("has a name for each field that session.yml knows", () => {
    const [job] = xax.parseStatus(xaxStatus(xaxJob({ launcher: "multi" })), "s").observations;
    if (job === undefined) throw new Error("no job");
    expect(INCLUDE_FIELDS.launcher(job)).toBe("multi");
    expect(INCLUDE_FIELDS.status(job)).toBe("running");
  });
});
