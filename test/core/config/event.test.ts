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

  test("a comment carries its id and whether it is on a pull request", () => {
    const [payload = {}] = recorded("issue_comment");
    const issue = payload["issue"] as Record<string, unknown>;
    expect(parseEvent("issue_comment", payload)).toMatchObject({ onPullRequest: false });
    const onPull = { ...payload, issue: { ...issue, pull_request: { url: "x" } } };
    expect(parseEvent("issue_comment", onPull)).toMatchObject({
      onPullRequest: true,
      issue: issue["number"],
      commentId: (payload["comment"] as Record<string, unknown>)["id"],
    });
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

  test("a schedule has only its repository", () => {
    const repository = { id: 5, full_name: "a/b", default_branch: "main", private: true };
    expect(parseEvent("schedule", { schedule: "17 3 * * *", repository })).toEqual({
      kind: "schedule",
      name: "schedule",
      repository: { id: 5, fullName: "a/b", defaultBranch: "main", visibility: "private" },
    });
  });
});

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
    const payload = { issue: { number: 7 }, comment: { id: 8 }, pull_request: { number: 9 } };
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
    const payload = Object.create({ issue: { number: 7 } }) as object;
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
    const payload = { action: "edited", issue: { number: 7 }, comment: { id: 8 }, repository };
    expect(parseEvent("issue_comment", payload)).toEqual({
      kind: "issue-comment",
      name: "issue_comment",
      repository: { id: 5, fullName: "a/b", defaultBranch: "main", visibility: "public" },
      action: "edited",
      issue: 7,
      onPullRequest: false,
      commentId: 8,
    });
  });

  test("of issues and pull requests includes the action", () => {
    const payload = { action: "closed", issue: { number: 7 }, pull_request: { number: 9 } };
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
      expect(parseEvent("issues", { issue: { number } }).kind).toBe("other");
    },
  );

  test.each([
    { issue: { number: 7 } },
    { comment: { id: 8 } },
    { issue: { number: 7 }, comment: { id: "8" } },
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
