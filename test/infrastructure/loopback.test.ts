import { Octokit } from "@octokit/rest";
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
let octokit: Octokit;
let number = 0;

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  number += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `lab-${number}`,
    files: { "experiments/a/log.csv": "id\n1\n", "README.md": "# Lab\n" },
  });
  octokit = new Octokit({ auth: ACTIONS_TOKEN, baseUrl: github.url, log: silent() });
  github.reset();
});

function silent() {
  const drop = () => undefined;
  return { debug: drop, info: drop, warn: drop, error: drop };
}

function target() {
  return { owner: repo.owner, repo: repo.name };
}

describe("REST within GitHub's contract", () => {
  afterEach(() => expectNoViolations(github));

  it("answers every route of the product in GitHub's own shapes", async () => {
    const at = target();
    await repo.createBranch("topic");
    await repo.commitFiles("topic", { "new.txt": "x\n" }, "Add a file");
    const issue = repo.createIssue({ title: "Loop" });
    await octokit.repos.get(at);
    await octokit.issues.get({ ...at, issue_number: issue.number });
    const made = await octokit.issues.createComment({
      ...at,
      issue_number: issue.number,
      body: "hi",
    });
    const comment = { ...at, comment_id: made.data.id };
    await octokit.issues.getComment(comment);
    await octokit.issues.updateComment({ ...comment, body: "ho" });
    await octokit.issues.listComments({
      ...at,
      issue_number: issue.number,
      since: "2020-01-01T00:00:00Z",
    });
    await octokit.issues.listCommentsForRepo(at);
    const reaction = await octokit.reactions.createForIssueComment({
      ...comment,
      content: "rocket",
    });
    expect((await octokit.reactions.listForIssueComment(comment)).data).toHaveLength(1);
    await octokit.reactions.deleteForIssueComment({ ...comment, reaction_id: reaction.data.id });
    await octokit.issues.deleteComment(comment);
    await octokit.issues.lock({ ...at, issue_number: issue.number, lock_reason: "resolved" });
    await octokit.issues.unlock({ ...at, issue_number: issue.number });
    await octokit.issues.listForRepo(at);

    const ref = await octokit.git.getRef({ ...at, ref: "heads/main" });
    const commit = await octokit.git.getCommit({ ...at, commit_sha: ref.data.object.sha });
    const tree = await octokit.git.getTree({
      ...at,
      tree_sha: commit.data.tree.sha,
      recursive: "1",
    });
    const log = tree.data.tree.find((entry) => entry.path === "experiments/a/log.csv");
    const blob = await octokit.git.getBlob({ ...at, file_sha: log?.sha ?? "" });
    expect(Buffer.from(blob.data.content, "base64").toString()).toBe("id\n1\n");
    const raw = await octokit.git.getBlob({
      ...at,
      file_sha: log?.sha ?? "",
      mediaType: { format: "raw" },
    });
    expect(raw.data).toBeDefined();
    await octokit.repos.getContent({ ...at, path: "experiments/a/log.csv", ref: "main" });
    await octokit.repos.getContent({ ...at, path: "experiments" });
    await octokit.repos.getBranch({ ...at, branch: "main" });
    await octokit.repos.listCommits(at);
    await octokit.repos.getCommit({ ...at, ref: "main" });
    const compared = await octokit.repos.compareCommitsWithBasehead({
      ...at,
      basehead: "main...topic",
    });
    expect(compared.data).toMatchObject({ status: "ahead", ahead_by: 1, behind_by: 0 });

    const pull = await octokit.pulls.create({ ...at, title: "Topic", head: "topic", base: "main" });
    expect(pull.data.head.sha).toBe(await repo.head("topic"));
    await octokit.pulls.update({ ...at, pull_number: pull.data.number, body: "more" });
    await octokit.pulls.get({ ...at, pull_number: pull.data.number });
    await octokit.pulls.listFiles({ ...at, pull_number: pull.data.number });
    const open = await octokit.pulls.list({
      ...at,
      head: "octo:topic",
      base: "main",
      state: "open",
    });
    expect(open.data.map((item) => item.number)).toEqual([pull.data.number]);
    await octokit.issues.get({ ...at, issue_number: pull.data.number });
    repo.setPermission("mona", "triage");
    const level = await octokit.repos.getCollaboratorPermissionLevel({ ...at, username: "mona" });
    expect(level.data).toMatchObject({ permission: "read", role_name: "triage" });
    await octokit.rateLimit.get();
    await octokit.users.getByUsername({ username: "mona" });
  });

  it("commits through the git data routes onto the real repository", async () => {
    const at = target();
    const head = (await repo.head()) ?? "";
    const blob = await octokit.git.createBlob({ ...at, content: "id\n1\n2\n", encoding: "utf-8" });
    const tree = await octokit.git.createTree({
      ...at,
      base_tree: head,
      tree: [{ path: "experiments/a/log.csv", mode: "100644", type: "blob", sha: blob.data.sha }],
    });
    const commit = await octokit.git.createCommit({
      ...at,
      message: "Log",
      tree: tree.data.sha,
      parents: [head],
    });
    await octokit.git.updateRef({ ...at, ref: "heads/main", sha: commit.data.sha });
    expect(await repo.head()).toBe(commit.data.sha);
    expect((await repo.readFile("main", "experiments/a/log.csv"))?.toString()).toBe("id\n1\n2\n");
    const back = octokit.git.updateRef({ ...at, ref: "heads/main", sha: head });
    await expect(back).rejects.toMatchObject({ status: 422 });
    await octokit.git.createRef({ ...at, ref: "refs/heads/next", sha: commit.data.sha });
    const again = octokit.git.createRef({ ...at, ref: "refs/heads/next", sha: commit.data.sha });
    await expect(again).rejects.toThrow("Reference already exists");
    await octokit.git.deleteRef({ ...at, ref: "heads/next" });
    await repo.fsck();
  });
});

describe("breaches", () => {
  it("records an unknown route and answers 404", async () => {
    await expect(octokit.request("GET /repos/{owner}/{repo}/nope", target())).rejects.toMatchObject(
      {
        status: 404,
      },
    );
    expect(github.violations).toHaveLength(1);
    expect(() => expectNoViolations(github)).toThrow("no such route");
  });

  it("records a body field and a query parameter GitHub does not know", async () => {
    const { number: issue } = repo.createIssue({ title: "Loop" });
    const at = { ...target(), issue_number: issue };
    await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...at,
      body: "x",
      colour: "red",
    });
    await octokit.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...at,
      sort: "created",
    });
    expect(github.violations.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("colour"),
      expect.stringContaining("sort"),
    ]);
  });

  it("records a GraphQL field that does not exist and answers 200 with errors", async () => {
    const query = octokit.graphql("query { viewer { nickname } }");
    await expect(query).rejects.toThrow("Field 'nickname' doesn't exist on type 'User'");
    expect(github.violations).toHaveLength(1);
  });
});
