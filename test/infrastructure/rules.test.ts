import { Octokit } from "@octokit/rest";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RepoHandle } from "../support/github/seed.ts";
import {
  ACTIONS_TOKEN,
  expectNoViolations,
  type LoopbackGitHub,
  startGitHub,
} from "../support/github/server.ts";

let github: LoopbackGitHub;
let repo: RepoHandle;
let issue: number;
let count = 0;

const ALL = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  metadata: "read",
} as const;

beforeAll(async () => {
  github = await startGitHub({
    tokens: {
      [ACTIONS_TOKEN]: { login: "github-actions[bot]", type: "Bot", permissions: ALL },
      reader: {
        login: "github-actions[bot]",
        type: "Bot",
        permissions: { contents: "read", metadata: "read" },
      },
      mona: { login: "mona", type: "User", permissions: ALL },
      elsewhere: {
        login: "other[bot]",
        type: "Bot",
        permissions: ALL,
        repositories: ["octo/elsewhere"],
      },
    },
  });
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `rules-${count}`,
    files: { "a.txt": "a" },
  });
  issue = repo.createIssue({ title: "Loop" }).number;
  github.reset();
});
afterEach(() => expectNoViolations(github));

function as(auth?: string): Octokit {
  const drop = () => undefined;
  const log = { debug: drop, info: drop, warn: drop, error: drop };
  return new Octokit({ ...(auth === undefined ? {} : { auth }), baseUrl: github.url, log });
}

function at() {
  return { owner: repo.owner, repo: repo.name };
}

function comment(auth: string | undefined, body = "hello") {
  return as(auth).issues.createComment({ ...at(), issue_number: issue, body });
}

describe("tokens", () => {
  it("answers 401 to a wrong token, and to writes without one", async () => {
    const wrong = as("nonsense").repos.get(at());
    await expect(wrong).rejects.toMatchObject({ status: 401, message: /Bad credentials/ });
    await expect(comment(undefined)).rejects.toMatchObject({ status: 401 });
    await expect(as().graphql("query { viewer { login } }")).rejects.toMatchObject({ status: 401 });
    expect((await as().repos.get(at())).data.private).toBe(false);
  });

  it("answers 403 and names the permission a token lacks", async () => {
    const refused = await comment("reader").catch((error: unknown) => error);
    expect(refused).toMatchObject({
      status: 403,
      response: {
        data: { message: "Resource not accessible by integration", status: "403" },
        headers: { "x-accepted-github-permissions": "issues=write" },
      },
    });
    const sha = (await repo.head()) ?? "";
    const ref = as("reader").git.createRef({ ...at(), ref: "refs/heads/x", sha });
    await expect(ref).rejects.toMatchObject({ status: 403 });
    const mutation = as("reader").graphql(
      `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`,
      {
        input: {
          branch: { repositoryNameWithOwner: repo.fullName, branchName: "main" },
          message: { headline: "x" },
          expectedHeadOid: sha,
        },
      },
    );
    await expect(mutation).rejects.toMatchObject({
      errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
    });
  });

  it("hides a private repository from everybody without access", async () => {
    const hidden = await github.createRepo({
      owner: "octo",
      name: `hidden-${count}`,
      private: true,
    });
    const where = { owner: hidden.owner, repo: hidden.name };
    for (const auth of [undefined, "mona", "elsewhere"]) {
      await expect(as(auth).repos.get(where)).rejects.toMatchObject({ status: 404 });
    }
    hidden.setPermission("mona", "read");
    expect((await as("mona").repos.get(where)).data.private).toBe(true);
    expect((await as(ACTIONS_TOKEN).repos.get(where)).data.visibility).toBe("private");
    const level = await as(ACTIONS_TOKEN).repos.getCollaboratorPermissionLevel({
      ...where,
      username: "octo",
    });
    expect(level.data.role_name).toBe("admin");
  });

  it("refuses git without a token, with a wrong one and to a reader", async () => {
    const push = (user: string) =>
      execa(
        "git",
        ["push", repo.cloneUrl.replace("http://", `http://${user}`), "HEAD:refs/heads/x"],
        { cwd: repo.dir, env: { GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" }, reject: false },
      );
    expect((await push("")).stderr).toMatch(/could not read Username|Authentication failed/);
    expect((await push("x-access-token:nonsense@")).stderr).toContain("Authentication failed");
    expect((await push("x-access-token:reader@")).stderr).toContain("403");
    expect((await push(`x-access-token:${ACTIONS_TOKEN}@`)).exitCode).toBe(0);
    expect(await repo.head("x")).toBe(await repo.head());
  });
});

describe("conversations", () => {
  it("lets nobody change another's comment, except people with write access", async () => {
    const foreign = repo.addComment(issue, { user: "mona", body: "mine" });
    const edit = (auth: string, id: number) =>
      as(auth).issues.updateComment({ ...at(), comment_id: id, body: "changed" });
    await expect(edit(ACTIONS_TOKEN, foreign.id)).rejects.toMatchObject({ status: 403 });
    const own = (await comment(ACTIONS_TOKEN)).data.id;
    await expect(edit("mona", own)).rejects.toMatchObject({ status: 403 });
    repo.setPermission("mona", "write");
    expect((await edit("mona", own)).data.body).toBe("changed");
    expect((await edit(ACTIONS_TOKEN, own)).data.user?.login).toBe("github-actions[bot]");
  });

  it("takes no comment of the bot on a locked issue", async () => {
    repo.lock(issue);
    await expect(comment(ACTIONS_TOKEN)).rejects.toMatchObject({
      status: 403,
      message: /Unable to create comment because issue is locked\./,
    });
    repo.setPermission("mona", "write");
    expect((await comment("mona")).status).toBe(201);
  });

  it("takes 65,536 characters and not one more, and no empty comment", async () => {
    expect((await comment(ACTIONS_TOKEN, "x".repeat(65_536))).status).toBe(201);
    await expect(comment(ACTIONS_TOKEN, "x".repeat(65_537))).rejects.toMatchObject({
      status: 422,
      message: /body is too long \(maximum is 65536 characters\)/,
    });
    await expect(comment(ACTIONS_TOKEN, " ")).rejects.toMatchObject({ status: 422 });
  });

  it("closes an issue to comments at the cap", async () => {
    github.limits.commentCap = 2;
    await comment(ACTIONS_TOKEN);
    await comment(ACTIONS_TOKEN);
    await expect(comment(ACTIONS_TOKEN)).rejects.toMatchObject({
      status: 403,
      message: /Commenting is disabled on issues with more than 2 comments/,
    });
    github.limits.commentCap = 2500;
  });

  it("shows a new comment in lists only after the lag", async () => {
    github.limits.listLagMs = 150;
    const { data } = await comment(ACTIONS_TOKEN);
    github.limits.listLagMs = 0;
    const list = () => as(ACTIONS_TOKEN).issues.listComments({ ...at(), issue_number: issue });
    expect((await list()).data).toEqual([]);
    await expect.poll(async () => (await list()).data.map(({ id }) => id)).toEqual([data.id]);
  });

  it("knows permissions of people, not of bots or strangers", async () => {
    const level = async (username: string) => {
      const found = await as(ACTIONS_TOKEN).repos.getCollaboratorPermissionLevel({
        ...at(),
        username,
      });
      return found.data.role_name;
    };
    expect(await level("mona")).toBe("read");
    repo.setPermission("mona", "maintain");
    expect(await level("mona")).toBe("maintain");
    await expect(level("nobody-at-all")).rejects.toMatchObject({ status: 404 });
    await expect(level("github-actions[bot]")).rejects.toMatchObject({ status: 404 });
  });
});
