import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { runCli, workflowCommands } from "../support/runner.ts";

const LOG = "experiments/mnist/experiment_log.csv";

/** A folder with a session's log and other files. */
async function folderWith(files: Readonly<Record<string, string>>) {
  const cwd = await mkdtemp(join(tmpdir(), "local-"));
  for (const [path, text] of Object.entries({
    [LOG]: "experiment_id,status\na,planned\n",
    ...files,
  })) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return {
    cwd,
    cli: (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runCli([...args, "--experiment-name", "mnist"], { cwd, env }),
    read: (path: string) => readFile(join(cwd, path), "utf8"),
  };
}

describe("a report is never written over", () => {
  it.each([
    ["the log", [], LOG],
    ["the log of --log-path", ["--log-path", "mine.csv"], "mine.csv"],
    ["session.yml", [], "experiments/mnist/session.yml"],
    ["the log of another session", [], "experiments/other/experiment_log.csv"],
  ])("%s", async (_what, flags, path) => {
    const { cli, read } = await folderWith({
      "mine.csv": "experiment_id\nb\n",
      "experiments/mnist/session.yml": "issue: 1\n",
      "experiments/other/experiment_log.csv": "experiment_id\nc\n",
    });
    const before = await read(path);
    const { exitCode, stderr } = await cli(["report", ...flags, "--output-path", path]);
    expect(await read(path)).toBe(before);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("which a session keeps for another file than its report");
  });
});

it("a sync takes out the values of the secrets that its own environment holds", async () => {
  const secret = "mySuperS3cretValue99xQ";
  const job = {
    job_id: "j1",
    status: "failed",
    return_code: 1,
    error: `key ${secret} was refused`,
  };
  const times = { enqueued_at: 1000, started_at: 1010, ended_at: 1020 };
  const { cli, read } = await folderWith({
    "status.json": JSON.stringify({ jobs: [{ ...job, ...times }] }),
  });
  await cli(["sync", "--status-json", "status.json"], { WANDB_API_KEY: secret });
  expect(await read(LOG)).toContain("exit 1: key [redacted] was refused");
});

it("a sync whose stderr nobody reads any more is recorded all the same", async () => {
  const job = { status: "running", enqueued_at: 1000, started_at: 1010 };
  // The job with an unknown status is a warning: something is said on stderr.
  const jobs = [
    { ...job, job_id: "j1" },
    { ...job, job_id: "j2", status: "paused" },
  ];
  const { cwd, read } = await folderWith({ "status.json": JSON.stringify({ jobs }) });
  const cli = fileURLToPath(new URL("../../dist/cli.cjs", import.meta.url));
  const args = ["sync", "--experiment-name", "mnist", "--status-json", "status.json"];
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.destroy();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await read(LOG)).toMatch(/^j1,running/m);
});

it("a dry run commits nothing, not even what an earlier run has left", async () => {
  const { cwd, cli } = await folderWith({});
  const git = (...args: string[]) => execa("git", args, { cwd });
  await git("init", "-q");
  await git(
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@b.c",
    "commit",
    "-q",
    "--allow-empty",
    "-m",
    "x",
  );
  const { exitCode } = await cli(["report", "--dry-run", "--commit"]);
  expect(exitCode).toBe(0);
  expect((await git("rev-list", "--count", "HEAD")).stdout).toBe("1");
  await cli(["report"]);
  await cli(["report", "--dry-run", "--commit"]);
  expect((await git("rev-list", "--count", "HEAD")).stdout).toBe("1");
});

it("a result on stdout holds no command of a runner and nothing that a terminal obeys", async () => {
  const { cli } = await folderWith({});
  const { stdout } = await cli(["upsert", "--experiment-id", "##[error]x"]);
  expect(workflowCommands(stdout)).toEqual([]);
  expect(JSON.parse(stdout).experiment_id).toContain("##[error]");
});
