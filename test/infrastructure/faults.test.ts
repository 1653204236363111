import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind } from "../support/github/faults.ts";
import type { RepoHandle } from "../support/github/seed.ts";
import {
  ACTIONS_TOKEN,
  expectNoViolations,
  type LoopbackGitHub,
  startGitHub,
} from "../support/github/server.ts";

type Expectation = { status: number | "reset" | "silence"; applied: boolean; body?: string };

const EXPECTED: Readonly<Record<FaultKind, Expectation>> = {
  "500": { status: 500, applied: false, body: "Server Error" },
  "502": { status: 502, applied: false, body: "Server Error" },
  "502-after-apply": { status: 502, applied: true, body: "Server Error" },
  "503": { status: 503, applied: false, body: "Service Unavailable" },
  "403-secondary": { status: 403, applied: false, body: "secondary rate limit" },
  "429": { status: 429, applied: false, body: "secondary rate limit" },
  "401": { status: 401, applied: false, body: "Bad credentials" },
  "403": { status: 403, applied: false, body: "Resource not accessible by integration" },
  "404": { status: 404, applied: false, body: "Not Found" },
  "409": { status: 409, applied: false, body: "Conflict" },
  "422": { status: 422, applied: false, body: "Validation Failed" },
  "graphql-errors": { status: 200, applied: false, body: "Something went wrong" },
  "truncated-json": { status: 201, applied: true, body: '{"url":' },
  html: { status: 200, applied: false, body: "<!DOCTYPE html>" },
  "reset-before": { status: "reset", applied: false },
  "reset-after-apply": { status: "reset", applied: true },
  "timeout-before": { status: "silence", applied: false },
  "timeout-after-apply": { status: "silence", applied: true },
};

let github: LoopbackGitHub;
let repo: RepoHandle;
let issue: number;
let count = 0;

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `faults-${count}`,
    files: { "a.txt": "a" },
  });
  issue = repo.createIssue({ title: "Loop" }).number;
  github.reset();
});
afterEach(() => expectNoViolations(github));

function comment(): Promise<Response> {
  return fetch(`${github.url}/repos/${repo.fullName}/issues/${issue}/comments`, {
    method: "POST",
    headers: { authorization: `token ${ACTIONS_TOKEN}` },
    body: JSON.stringify({ body: "hello" }),
    signal: AbortSignal.timeout(1000),
  });
}

describe("a fault of kind", () => {
  it.each(FAULT_KINDS)("%s", async (kind) => {
    github.inject({ match: ({ operation }) => operation === "issues/create-comment", kind });
    const { status, applied, body } = EXPECTED[kind];
    const outcome = await comment().catch((error: Error) => error);
    if (outcome instanceof Response) {
      expect(outcome.status).toBe(status);
      expect(await outcome.text()).toContain(body);
    } else {
      expect(outcome.name).toBe(status === "reset" ? "TypeError" : "TimeoutError");
    }
    expect(repo.comments(issue)).toHaveLength(applied ? 1 : 0);
    expect(github.requests).toHaveLength(1);
    expect(github.requests[0]).toMatchObject({ fault: kind, isWrite: true });
    expect((await comment()).status).toBe(201);
    expect([github.reads(), github.writes()]).toEqual([0, 2]);
  });

  it("strikes as often as asked, only what it matches, and says how long to wait", async () => {
    github.inject({ match: ({ isWrite }) => isWrite, kind: "429", times: 2, retryAfter: 7 });
    const read = await fetch(`${github.url}/repos/${repo.fullName}`);
    expect(read.status).toBe(200);
    for (const status of [429, 429, 201]) {
      const answer = await comment();
      expect(answer.status).toBe(status);
      expect(answer.headers.get("retry-after")).toBe(status === 429 ? "7" : null);
    }
  });
});

describe("a fault of a push", () => {
  function push(branch: string) {
    const url = repo.cloneUrl.replace("http://", `http://x-access-token:${ACTIONS_TOKEN}@`);
    const env = {
      GIT_TERMINAL_PROMPT: "0",
      LC_ALL: "C",
      GIT_HTTP_LOW_SPEED_LIMIT: "1",
      GIT_HTTP_LOW_SPEED_TIME: "1",
    };
    return execa("git", ["push", url, `HEAD:refs/heads/${branch}`], {
      cwd: repo.dir,
      env,
      reject: false,
    });
  }

  it.each([
    ["500", false, /500/],
    ["502-after-apply", true, /502/],
    ["reset-before", false, /Recv failure|hung up|Connection reset|Empty reply/],
    ["reset-after-apply", true, /Recv failure|hung up|Connection reset|Empty reply/],
    ["timeout-before", false, /too slow|timed out/],
    ["timeout-after-apply", true, /too slow|timed out/],
  ] as const)("%s", async (kind, applied, words) => {
    github.inject({ match: ({ operation }) => operation === "git-receive-pack", kind });
    const failed = await push("x");
    expect(failed.stderr).toMatch(words);
    expect(failed.exitCode).not.toBe(0);
    expect(await repo.head("x")).toBe(applied ? await repo.head() : undefined);
    expect((await push("y")).exitCode).toBe(0);
    await repo.fsck();
  });
});
