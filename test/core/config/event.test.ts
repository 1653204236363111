import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { issueOf, parseEvent } from "../../../src/core/config/event.ts";

interface Examples {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}
const RECORDED: readonly Examples[] = createRequire(import.meta.url)("@octokit/webhooks-examples");

function recorded(name: string): readonly Record<string, unknown>[] {
  const found = RECORDED.find((event) => event.name === name)?.examples ?? [];
  expect(found.length).toBeGreaterThan(0);
  return found;
}

describe("events as GitHub sends them", () => {
  test.each([
    ["issue_comment", "issue-comment"],
    ["issues", "issue"],
    ["pull_request", "pull-request"],
    ["push", "push"],
    ["workflow_dispatch", "workflow-dispatch"],
    ["repository_dispatch", "repository-dispatch"],
  ])("%s is read with its repository", (name, kind) => {
    for (const payload of recorded(name)) {
      const event = parseEvent(name, payload);
      expect(event).toMatchObject({ name, kind });
      expect(event.repository.id).toBeTypeOf("number");
      expect(event.repository.fullName).toMatch(/^[^/]+\/[^/]+$/);
      expect(event.repository.defaultBranch).toBeTypeOf("string");
      expect(event.repository.visibility).toMatch(/^(?:public|private|internal)$/);
      const hasNumber = ["issue-comment", "issue", "pull-request"].includes(kind);
      expect(issueOf(event) !== undefined).toBe(hasNumber);
    }
  });

  test("a comment carries what it says, who wrote it and whether it is on a pull request", () => {
    for (const payload of recorded("issue_comment")) {
      const issue = payload["issue"] as Record<string, unknown>;
      const comment = payload["comment"] as Record<string, unknown>;
      const user = comment["user"] as Record<string, unknown>;
      expect(parseEvent("issue_comment", payload)).toMatchObject({
        issue: issue["number"],
        onPullRequest: issue["pull_request"] !== undefined,
        comment: {
          id: comment["id"],
          url: comment["html_url"],
          body: comment["body"],
          createdAt: comment["created_at"],
          author: {
            login: user["login"],
            id: String(user["id"]),
            isBot: user["type"] !== "User",
          },
        },
      });
      const onPull = { ...payload, issue: { ...issue, pull_request: { url: "x" } } };
      expect(parseEvent("issue_comment", onPull)).toMatchObject({ onPullRequest: true });
    }
  });

  test("an issue carries what it says, who wrote it and its labels", () => {
    for (const payload of recorded("issues")) {
      const issue = payload["issue"] as Record<string, unknown>;
      const labels = (issue["labels"] ?? []) as readonly Record<string, unknown>[];
      expect(parseEvent("issues", payload)).toMatchObject({
        action: payload["action"],
        issue: issue["number"],
        url: issue["html_url"],
        body: issue["body"] ?? "",
        createdAt: issue["created_at"],
        labels: labels.map(({ name }) => name),
        isTransferred: Object.hasOwn(payload["changes"] ?? {}, "old_issue"),
      });
    }
  });

  test("a pull request is of a fork unless its head is in this repository", () => {
    const [payload = {}] = recorded("pull_request");
    const pull = payload["pull_request"] as Record<string, Record<string, unknown>>;
    const withHead = (repo: unknown) => ({
      ...payload,
      pull_request: { ...pull, head: { ...pull["head"], repo } },
    });
    expect(parseEvent("pull_request", payload)).toMatchObject({ fork: false });
    expect(parseEvent("pull_request", withHead({ id: 1 }))).toMatchObject({ fork: true });
    expect(parseEvent("pull_request", withHead(null))).toMatchObject({ fork: true });
  });

  test("a pull request names the two commits between which its changes lie", () => {
    const [payload = {}] = recorded("pull_request");
    const pull = payload["pull_request"] as Record<string, { readonly sha: string }>;
    expect(parseEvent("pull_request", payload)).toMatchObject({
      baseSha: pull["base"]?.sha,
      headSha: pull["head"]?.sha,
    });
    const odd = { ...payload, pull_request: { ...pull, head: { sha: "main" } } };
    expect(parseEvent("pull_request", odd)).not.toHaveProperty("headSha");
  });

  test("a workflow run names the commit it ran for", () => {
    const head_sha = "c".repeat(40);
    expect(parseEvent("workflow_run", { workflow_run: { head_sha } })).toMatchObject({
      kind: "workflow-run",
      headSha: head_sha,
    });
    expect(parseEvent("workflow_run", { workflow_run: { head_sha: "x" } }).kind).toBe("other");
  });

  test("pull_request_target is known as itself, so that it can be refused", () => {
    const [payload] = recorded("pull_request");
    expect(parseEvent("pull_request_target", payload).kind).toBe("pull-request-target");
  });

  test("a schedule has only its repository", () => {
    const repository = { id: 5, full_name: "a/b", default_branch: "main", private: true };
    expect(parseEvent("schedule", { schedule: "17 3 * * *", repository })).toEqual({
      kind: "schedule",
      name: "schedule",
      repository: { id: 5, fullName: "a/b", defaultBranch: "main", visibility: "private" },
    });
  });
});

const POST = {
  html_url: "https://github.test/a/b/issues/7",
  body: "Hello",
  created_at: "2026-01-02T03:04:05Z",
  user: { login: "ada", id: 42, type: "User" },
};
const READ_POST = {
  url: "https://github.test/a/b/issues/7",
  body: "Hello",
  createdAt: "2026-01-02T03:04:05Z",
  author: { login: "ada", id: "42", isBot: false },
};

describe("events of another shape", () => {
  test.each(["issue_comment", "issues", "pull_request", "release", "merge_group"])(
    "%s without what it needs is of no known kind",
    (name) => {
      expect(parseEvent(name, {})).toEqual({ kind: "other", name, repository: {} });
      expect(parseEvent(name, { issue: { number: "7" }, pull_request: [] })).toMatchObject({
        kind: "other",
      });
    },
  );

  test("an action that is missing is an empty one", () => {
    const payload = {
      issue: { number: 7, ...POST },
      comment: { id: 8, ...POST },
      pull_request: { number: 9 },
    };
    for (const name of ["issue_comment", "issues", "pull_request"]) {
      expect(parseEvent(name, payload)).toMatchObject({ action: "", name });
    }
  });

  test("a repository that hides its visibility is known by its privacy, or not at all", () => {
    const visibilityOf = (repository: unknown) => parseEvent("push", { repository }).repository;
    expect(visibilityOf({ private: false })).toEqual({ visibility: "public" });
    expect(visibilityOf({ visibility: "secret", private: true })).toEqual({
      visibility: "private",
    });
    expect(visibilityOf({ visibility: "internal" })).toEqual({ visibility: "internal" });
    expect(visibilityOf({ private: "yes" })).toEqual({});
  });

  test("nothing is read through a prototype", () => {
    const payload = Object.create({ issue: { number: 7, ...POST } }) as object;
    expect(issueOf(parseEvent("issues", payload))).toBeUndefined();
  });

  test("no payload at all makes the reading throw", () => {
    const names = fc.constantFrom(
      "issue_comment",
      "issues",
      "pull_request",
      "push",
      "x",
      "__proto__",
    );
    fc.assert(
      fc.property(names, fc.anything(), (name, payload) => {
        expect(parseEvent(name, payload).name).toBe(name);
        expect(parseEvent(name, { repository: payload, issue: payload }).name).toBe(name);
      }),
    );
  });
});

describe("what an event says", () => {
  const repository = { id: 5, full_name: "a/b", default_branch: "main", visibility: "public" };

  test("of a comment is kept to the last field", () => {
    const comment = { id: 8, ...POST };
    const payload = { action: "edited", issue: { number: 7 }, comment, repository };
    expect(parseEvent("issue_comment", payload)).toEqual({
      kind: "issue-comment",
      name: "issue_comment",
      repository: { id: 5, fullName: "a/b", defaultBranch: "main", visibility: "public" },
      action: "edited",
      issue: 7,
      onPullRequest: false,
      comment: { id: 8, ...READ_POST },
    });
  });

  test("of an issue is kept to the last field", () => {
    const issue = { number: 7, ...POST, labels: [{ name: "proposal" }, { name: "" }, null, "x"] };
    expect(parseEvent("issues", { action: "opened", issue, repository })).toEqual({
      kind: "issue",
      name: "issues",
      repository: { id: 5, fullName: "a/b", defaultBranch: "main", visibility: "public" },
      action: "opened",
      issue: 7,
      ...READ_POST,
      labels: ["proposal"],
      isTransferred: false,
    });
  });

  test("of an issue that comes from another repository includes that", () => {
    const payload = { action: "opened", issue: { number: 7, ...POST } };
    const changes = { old_issue: { number: 3 }, old_repository: { id: 4 } };
    expect(parseEvent("issues", { ...payload, changes })).toMatchObject({ isTransferred: true });
    expect(parseEvent("issues", { ...payload, changes: {} })).toMatchObject({
      isTransferred: false,
    });
  });

  test("of a text that is missing is an empty text", () => {
    for (const body of [null, undefined, "", 7]) {
      const event = parseEvent("issues", { issue: { number: 7, ...POST, body } });
      expect(event).toMatchObject({ kind: "issue", body: "", labels: [] });
    }
  });

  test.each([
    [{ type: "User", login: "ada" }, false],
    [{ type: "User", login: "ada[bot]" }, true],
    [{ type: "Bot", login: "ada" }, true],
    [{ type: "Organization", login: "ada" }, true],
    [{ login: "ada" }, true],
  ])("of the author %j: no person but a bot is %j", (user, isBot) => {
    const event = parseEvent("issues", { issue: { number: 7, ...POST, user: { id: 1, ...user } } });
    expect(event).toMatchObject({ author: { login: user.login, id: "1", isBot } });
  });

  test.each([
    { user: null },
    { user: { login: "", id: 42, type: "User" } },
    { user: { login: "ada", id: "42", type: "User" } },
    { created_at: 7 },
    { html_url: null },
  ])("that lacks %j is of no known kind", (missing) => {
    const post = { ...POST, ...missing };
    expect(parseEvent("issues", { issue: { number: 7, ...post } }).kind).toBe("other");
    const payload = { issue: { number: 7 }, comment: { id: 8, ...post } };
    expect(parseEvent("issue_comment", payload).kind).toBe("other");
  });

  test("of issues and pull requests includes the action", () => {
    const payload = {
      action: "closed",
      issue: { number: 7, ...POST },
      pull_request: { number: 9 },
    };
    expect(parseEvent("issues", payload)).toMatchObject({ action: "closed", issue: 7 });
    expect(parseEvent("pull_request", payload)).toMatchObject({ action: "closed", issue: 9 });
  });

  test.each(["public", "private", "internal"])(
    "of a %s repository goes before its privacy",
    (its) => {
      const event = parseEvent("push", {
        repository: { visibility: its, private: its === "public" },
      });
      expect(event.repository).toEqual({ visibility: its });
    },
  );

  test.each([0, -1, 1.5, "7", Number.MAX_SAFE_INTEGER + 1, null, {}])(
    "with %j for a number names no issue",
    (number) => {
      expect(parseEvent("issues", { issue: { number, ...POST } }).kind).toBe("other");
    },
  );

  test.each([
    { issue: { number: 7 } },
    { comment: { id: 8, ...POST } },
    { issue: { number: 7 }, comment: { id: "8", ...POST } },
  ])("of a comment without issue or id, %j, is of no known kind", (payload) => {
    expect(parseEvent("issue_comment", payload).kind).toBe("other");
  });

  test.each([
    ["", 7],
    [7, ""],
    [null, null],
    [{}, []],
  ])(
    "with a repository named %j on the branch %j leaves those out",
    (full_name, default_branch) => {
      expect(parseEvent("push", { repository: { full_name, default_branch } }).repository).toEqual(
        {},
      );
    },
  );

  test("of a pull request without a repository of its own or of its head is one of a fork", () => {
    expect(parseEvent("pull_request", { pull_request: { number: 9 } })).toMatchObject({
      fork: true,
    });
  });
});
