import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RepoHandle } from "../support/github/seed.ts";
import { ACTIONS_TOKEN, type LoopbackGitHub, startGitHub } from "../support/github/server.ts";
import { event, repositoryOf, runAction, runCli, workflowCommands } from "../support/runner.ts";

const ACTION = `
inputs:
  token: { default: "\${{ github.token }}" }
  experiments-dir: { default: experiments }
  queue status: { description: none }
`;
const ENTRY = `
import { appendFileSync, readFileSync } from "node:fs";
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, "plain=1\\nlong<<EOF_1\\na=b\\n\\nc\\nEOF_1\\n");
appendFileSync(env.GITHUB_STEP_SUMMARY, "# Report");
process.stdout.write(JSON.stringify({ env, event: JSON.parse(readFileSync(env.GITHUB_EVENT_PATH)) }));
process.stderr.write("::warning::careful");
process.exitCode = 3;
`;

let github: LoopbackGitHub;
let repo: RepoHandle;
let folder: string;

beforeAll(async () => {
  github = await startGitHub();
  repo = await github.createRepo({ owner: "octo", name: "lab", files: { "a.txt": "a" } });
  folder = await mkdtemp(join(tmpdir(), "runner-test-"));
  await writeFile(join(folder, "action.yml"), ACTION);
  await writeFile(join(folder, "entry.mjs"), ENTRY);
});
afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

function run(options: { inputs?: Record<string, string>; eventName?: string; event?: unknown }) {
  const metadata = join(folder, "action.yml");
  const base = { github, repo, eventName: "schedule", event: event("schedule") };
  return runAction({ ...base, metadata, entry: join(folder, "entry.mjs"), ...options });
}

describe("a run of the action", () => {
  it("gets a runner's environment, inputs named as the runner names them, and no more", async () => {
    const result = await run({ inputs: { "experiments-dir": "lab runs" } });
    expect(result).toMatchObject({
      exitCode: 3,
      stderr: "::warning::careful",
      outputs: { plain: "1", long: "a=b\n\nc" },
      summary: "# Report",
    });
    const { env } = JSON.parse(result.stdout);
    expect(env).toMatchObject({
      "INPUT_EXPERIMENTS-DIR": "lab runs",
      INPUT_TOKEN: ACTIONS_TOKEN,
      INPUT_QUEUE_STATUS: "",
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "octo/lab",
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: await repo.head(),
      GITHUB_EVENT_NAME: "schedule",
    });
    const foreign = Object.keys(env).filter(
      (name) =>
        !/^(GITHUB|RUNNER|INPUT)_/.test(name) && !["PATH", "HOME", "LANG", "CI"].includes(name),
    );
    expect(foreign).toEqual([]);
    expect(env.PATH).not.toContain("node_modules");
    expect(env.RUNNER_DEBUG).toBeUndefined();
  });

  it("stands on the merge reference in a pull request's event", async () => {
    const payload = event("pull_request", {
      number: 7,
      pull_request: { number: 7, head: { ref: "topic" } },
    });
    const result = await run({ eventName: "pull_request", event: payload });
    const { env } = JSON.parse(result.stdout);
    expect(env).toMatchObject({ GITHUB_REF: "refs/pull/7/merge", GITHUB_HEAD_REF: "topic" });
  });

  it("refuses an input the action does not have", async () => {
    await expect(run({ inputs: { nope: "1" } })).rejects.toThrow("action.yml has no input nope");
  });
});

describe("a run of the command line", () => {
  it("gets arguments, standard input and only the environment given", async () => {
    const entry = join(folder, "cli.mjs");
    await writeFile(
      entry,
      `import { readFileSync } from "node:fs";
       const names = Object.keys(process.env).filter((name) => name !== "PATH").sort();
       console.log(JSON.stringify([process.argv.slice(2), readFileSync(0, "utf8"), names]));`,
    );
    const result = await runCli(["next", "--json"], {
      cwd: folder,
      entry,
      stdin: "x",
      env: { A: "1" },
    });
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(result.stdout)).toEqual([["next", "--json"], "x", ["A", "HOME", "LANG"]]);
  });
});

describe("events", () => {
  it("are GitHub's own payloads with the test's changes", () => {
    const payload = event("issue_comment", {
      action: "created",
      repository: repositoryOf(repo),
      comment: { body: "/propose x", author_association: "NONE" },
    });
    expect(payload).toMatchObject({
      action: "created",
      repository: { full_name: "octo/lab", owner: { login: "octo", type: "User" } },
      comment: { body: "/propose x", author_association: "NONE", id: expect.any(Number) },
    });
    for (const name of [
      "issues",
      "pull_request",
      "push",
      "workflow_dispatch",
      "repository_dispatch",
    ]) {
      expect(event(name)).toHaveProperty("repository.full_name");
    }
    expect(event("schedule", { schedule: "0 * * * *" })).toMatchObject({ schedule: "0 * * * *" });
    expect(() => event("nope")).toThrow("no example of the event nope");
  });
});

describe("workflow commands", () => {
  it.each([
    ["::error::x", ["::error::x"]],
    ["  \t::set-output name=a::b", ["::set-output name=a::b"]],
    ["\u200b::ERROR title=x::y", ["::ERROR title=x::y"]],
    ["a\r::add-path::/tmp\nb", ["::add-path::/tmp"]],
    ["text ##[add-mask]x", ["##[add-mask]x"]],
    ["text ::error::x", []],
    ["::nonsense::x", []],
    ["::error x", []],
    ["##[nonsense]x ##[error]y", []],
    [
      "::stop-commands::T1\n::error::a\n::t1::\n::notice::b",
      ["::stop-commands::T1", "::notice::b"],
    ],
  ])("in %j are %j", (text, commands) => {
    expect(workflowCommands(text)).toEqual(commands);
  });
});
