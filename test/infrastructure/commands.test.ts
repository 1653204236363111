import { Octokit } from "@octokit/rest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseEvent } from "../../src/core/config/event.ts";
import { commentEvent, issueEvent } from "../support/events.ts";
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

beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({ owner: "octo", name: `talk-${count}`, files: { a: "a" } });
  issue = repo.createIssue({ title: "Loop", body: "Hello", user: "ada" }).number;
});
afterEach(() => {
  expectNoViolations(github);
  github.reset();
});

function as(auth: string = ACTIONS_TOKEN): Octokit {
  const drop = () => undefined;
  return new Octokit({
    auth,
    baseUrl: github.url,
    log: { debug: drop, info: drop, warn: drop, error: drop },
  });
}

function at() {
  return { owner: repo.owner, repo: repo.name };
}

async function pageOf(args: string, fields: string) {
  const { repository } = await as().graphql<{
    repository: { issue: { comments: { nodes: unknown[]; pageInfo: Record<string, unknown> } } };
  }>(
    `query($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) {
      issue(number: $number) { comments(${args}) {
        nodes { ${fields} } pageInfo { startCursor hasPreviousPage }
      } }
    } }`,
    { ...at(), number: issue },
  );
  return repository.issue.comments;
}

describe("comments", () => {
  it("stand in the order of their dates and are read backwards", async () => {
    for (const minute of [2, 0, 1, 4, 3]) {
      const createdAt = `2026-01-01T00:0${minute}:00Z`;
      repo.addComment(issue, { user: "ada", body: String(minute), createdAt });
    }
    const last = await pageOf("last: 2", "body");
    expect(last.nodes).toEqual([{ body: "3" }, { body: "4" }]);
    const before = await pageOf(`last: 2, before: "${last.pageInfo["startCursor"]}"`, "body");
    expect(before.nodes).toEqual([{ body: "1" }, { body: "2" }]);
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: true });
  });

  it("are read backwards from where a deleted one was", async () => {
    const left = [0, 1, 2].map((one) => repo.addComment(issue, { user: "ada", body: String(one) }));
    const { pageInfo } = await pageOf("last: 1", "body");
    repo.deleteComment(left[2]?.id ?? 0);
    const before = await pageOf(`last: 9, before: "${pageInfo["startCursor"]}"`, "body");
    expect(before.nodes).toEqual([{ body: "0" }, { body: "1" }]);
  });

  it("tell when their text was changed, by whomever, and not when it was not", async () => {
    const [first, second] = ["one", "two"].map((body) =>
      repo.addComment(issue, { user: "ada", body }),
    );
    repo.editComment(first?.id ?? 0, "three");
    repo.editComment(second?.id ?? 0, "two");
    const { nodes } = await pageOf("first: 9", "lastEditedAt includesCreatedEdit");
    expect(nodes).toEqual([
      { lastEditedAt: expect.stringMatching(/Z$/), includesCreatedEdit: true },
      { lastEditedAt: null, includesCreatedEdit: false },
    ]);
  });

  it("of a deleted account have no author", async () => {
    repo.addComment(issue, { user: "ghost", body: "boo" });
    const { nodes } = await pageOf("first: 9", "author { login }");
    expect(nodes).toEqual([{ author: null }]);
  });

  it("carry eight groups of reactions and whether the reader is in them", async () => {
    const { id } = repo.addComment(issue, { user: "ada", body: "one" });
    const react = { ...at(), comment_id: id, content: "eyes" } as const;
    await as().reactions.createForIssueComment(react);
    const { nodes } = await pageOf("first: 9", "reactionGroups { content viewerHasReacted }");
    const [{ reactionGroups = [] } = {}] = nodes as { reactionGroups?: unknown[] }[];
    expect(reactionGroups).toHaveLength(8);
    expect(reactionGroups).toContainEqual({ content: "EYES", viewerHasReacted: true });
    expect(reactionGroups).toContainEqual({ content: "ROCKET", viewerHasReacted: false });
  });
});

describe("who may do what", () => {
  const roleOf = async (username: string, auth?: string) =>
    (await as(auth).repos.getCollaboratorPermissionLevel({ ...at(), username })).data;

  it("may have a name of the organisation's own over a known role", async () => {
    repo.setPermission("mona", "triage", "Reviewer");
    expect(await roleOf("mona")).toMatchObject({
      permission: "read",
      role_name: "Reviewer",
      user: { permissions: { triage: true, push: false } },
    });
    repo.setPermission("mona", "admin");
    expect(await roleOf("mona")).toMatchObject({ role_name: "admin" });
  });

  it("is told to apps with metadata: read and to people with write access", async () => {
    github.addToken("blind", { login: "blind[bot]", type: "Bot", permissions: {} });
    await expect(roleOf("mona", "blind")).rejects.toMatchObject({
      status: 403,
      response: { headers: { "x-accepted-github-permissions": "metadata=read" } },
    });
    const permissions = { metadata: "read" } as const;
    github.addToken("mona", { login: "mona", type: "User", permissions });
    await expect(roleOf("ada", "mona")).rejects.toMatchObject({
      status: 403,
      message: /Must have push access/,
    });
    repo.setPermission("mona", "write");
    expect(await roleOf("ada", "mona")).toMatchObject({ role_name: "read" });
  });

  it("is hidden in a repository that is internal, as in a private one", async () => {
    const inner = await github.createRepo({
      owner: "octo",
      name: `inner-${count}`,
      visibility: "internal",
    });
    const where = { owner: "octo", repo: inner.name };
    expect((await as().repos.get(where)).data).toMatchObject({
      visibility: "internal",
      private: true,
    });
    const level = await as().repos.getCollaboratorPermissionLevel({ ...where, username: "ada" });
    expect(level.data.role_name).toBe("none");
  });
});

describe("an issue that is transferred", () => {
  it("takes its comments along and leaves a redirect", async () => {
    const other = await github.createRepo({ owner: "octo", name: `other-${count}` });
    other.createIssue({ title: "First" });
    const { id } = repo.addComment(issue, { user: "ada", body: "/status" });
    const moved = repo.transferIssue(issue, other);
    expect(moved.number).toBe(2);
    expect(other.comments(2).map((comment) => comment.id)).toEqual([id]);
    const found = await as().issues.get({ ...at(), issue_number: issue });
    expect(found.data).toMatchObject({ number: 2, title: "Loop" });
    const comments = as().issues.listComments({ ...at(), issue_number: issue });
    await expect(comments).rejects.toMatchObject({ status: 404 });
    await expect(pageOf("first: 1", "body")).rejects.toMatchObject({
      errors: [{ type: "NOT_FOUND" }],
    });
  });
});

describe("events", () => {
  it("of a comment say what the comment says", async () => {
    const comment = repo.addComment(issue, { user: "mona", body: "/status\r\n" });
    expect(parseEvent("issue_comment", commentEvent(repo, comment))).toMatchObject({
      kind: "issue-comment",
      action: "created",
      issue,
      onPullRequest: false,
      repository: { id: repo.id, fullName: repo.fullName },
      comment: {
        id: comment.id,
        url: `${github.url}/${repo.fullName}/issues/${issue}#issuecomment-${comment.id}`,
        body: "/status\r\n",
        author: { login: "mona", id: String(comment.account.id), isBot: false },
      },
    });
    const edited = { action: "edited", comment: { body: "/stop", user: { type: "Bot" } } };
    expect(parseEvent("issue_comment", commentEvent(repo, comment, edited))).toMatchObject({
      action: "edited",
      comment: { body: "/stop", author: { isBot: true } },
    });
  });

  it("of a comment on a pull request say so", async () => {
    await repo.createBranch("change");
    await repo.commitFiles("change", { a: "b" });
    const pull = await repo.createPull({ title: "Change", head: "change" });
    const comment = repo.addComment(pull.number, { user: "mona", body: "/status" });
    const event = parseEvent("issue_comment", commentEvent(repo, comment));
    expect(event).toMatchObject({ onPullRequest: true, issue: pull.number });
  });

  it("of an issue say what it says, and that it was not transferred", () => {
    const opened = repo.issues().find(({ number }) => number === issue);
    if (!opened) throw new Error("the issue is gone");
    const overrides = { issue: { labels: [{ name: "proposal" }] } };
    expect(parseEvent("issues", issueEvent(repo, opened, overrides))).toMatchObject({
      kind: "issue",
      action: "opened",
      issue,
      url: `${github.url}/${repo.fullName}/issues/${issue}`,
      body: "Hello",
      author: { login: "ada", isBot: false },
      labels: ["proposal"],
      isTransferred: false,
    });
  });
});
