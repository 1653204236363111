import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/runner.ts";
import { readSample } from "./scene.ts";

const SETTINGS = "objective: { metric: value/loss, mode: min }\n";

async function newSession(
  settings = SETTINGS,
): Promise<{ cwd: string; log: () => Promise<string> }> {
  const cwd = await mkdtemp(join(tmpdir(), "metrics-"));
  await mkdir(join(cwd, "experiments/mnist"), { recursive: true });
  await writeFile(join(cwd, "experiments/mnist/session.yml"), settings);
  const { readFile } = await import("node:fs/promises");
  return { cwd, log: () => readFile(join(cwd, "experiments/mnist/experiment_log.csv"), "utf8") };
}

function completed(id: string, runDir: string): Record<string, unknown> {
  return {
    job_id: id,
    status: "completed",
    enqueued_at: 1000,
    started_at: 1010,
    ended_at: 1020,
    return_code: 0,
    run_dir: runDir,
  };
}

describe("metrics", () => {
  it("come from metrics.json in the run folder when the status is a file", async () => {
    const { cwd, log } = await newSession();
    const runDir = join(cwd, "runs/a");
    await mkdir(runDir, { recursive: true });
    await writeFile(join(runDir, "metrics.json"), '{"value/loss": 0.25, "value/acc": NaN}');
    const status = { jobs: [completed("a", runDir), completed("b", join(cwd, "runs/absent"))] };
    await writeFile(join(cwd, "status.json"), JSON.stringify(status));
    const result = await runCli(
      ["sync", "--experiment-name", "mnist", "--status-json", "status.json"],
      { cwd },
    );
    expect(result.exitCode).toBe(0);
    expect(await log()).toMatch(
      /^a,.*,value\/loss,min,0\.25,"\{""value\/acc"": null, ""value\/loss"": 0\.25\}"/m,
    );
    expect(await log()).toMatch(/^b,.*,value\/loss,min,,,/m);
    expect(JSON.parse(result.stdout).warnings).toEqual([]);
  });

  it("come from the kind's own command, found on PATH, when the status does", async () => {
    const { cwd, log } = await newSession();
    await mkdir(join(cwd, "bin"));
    await writeFile(join(cwd, "status.json"), await readSample("status-finished"));
    await writeFile(join(cwd, "metrics.json"), await readSample("metrics-job-0000001"));
    const program = [
      "#!/bin/sh",
      `if [ "$2" = status ]; then cat ${cwd}/status.json`,
      `elif [ "$3" = job-0000001 ]; then cat ${cwd}/metrics.json`,
      'else echo "no metrics for $3" >&2; exit 1; fi',
      "",
    ].join("\n");
    await writeFile(join(cwd, "bin/xax"), program);
    await chmod(join(cwd, "bin/xax"), 0o755);
    const env = { PATH: `${join(cwd, "bin")}:${process.env["PATH"]}` };
    const result = await runCli(["sync", "--experiment-name", "mnist"], { cwd, env });
    expect(result.exitCode).toBe(0);
    expect(await log()).toContain("0.24410271644592285");
    const { warnings } = JSON.parse(result.stdout) as { warnings: string[] };
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/no metrics of job "job-0000003": .*no metrics for job-0000003/s);
  });
});
