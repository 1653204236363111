import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createReactions } from "../../../src/adapters/github/reactions.ts";
import { FAULT_KINDS } from "../../support/github/faults.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import type { Level, PermissionName } from "../../support/github/state.ts";
import { openWorld, type World } from "../store/world.ts";

let world: World;
let issue: number;
let comment: number;

beforeAll(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
});
afterAll(() => world.close());
beforeEach(() => {
  issue = world.repo.createIssue({ title: "The loop" }).number;
  comment = world.repo.addComment(issue, { user: "ada", body: "/status" }).id;
});
afterEach(() => {
  expectNoViolations(world.github);
  world.github.reset();
});

function reactions(options: Parameters<World["client"]>[0] = {}) {
  return createReactions({ client: world.client(options), owner: "lab", repo: "loop" });
}

function reactionsWith(permissions: Partial<Record<PermissionName, Level>>) {
  world.github.addToken("ghs_other", { login: "other[bot]", type: "Bot", permissions });
  return reactions({ token: "ghs_other" });
}

describe("a reaction", () => {
  it.each(["eyes", "rocket", "confused", "-1"] as const)(
    "%s stands at a comment",
    async (reaction) => {
      expect(await reactions().react({ kind: "comment", id: comment }, reaction)).toBeUndefined();
      expect(world.repo.reactions(comment)).toEqual([`github-actions[bot] ${reaction}`]);
      expect(world.github.requests).toHaveLength(1);
    },
  );

  it("given twice stands once, and that is no trouble", async () => {
    const { react } = reactions();
    expect(await react({ kind: "comment", id: comment }, "eyes")).toBeUndefined();
    expect(await react({ kind: "comment", id: comment }, "eyes")).toBeUndefined();
    expect(world.github.requests.map(({ status }) => status)).toEqual([201, 200]);
    expect(world.repo.reactions(comment)).toHaveLength(1);
  });

  it("stands at an issue by its number", async () => {
    expect(await reactions().react({ kind: "issue", id: issue }, "rocket")).toBeUndefined();
    const opened = world.repo.issues().find(({ number }) => number === issue);
    expect(opened?.reactions.map(({ content }) => content)).toEqual(["rocket"]);
  });

  it("on a pull request needs pull-requests: write alone", async () => {
    await world.repo.createBranch("change");
    await world.repo.commitFiles("change", { "README.md": "# Changed\n" });
    const pull = await world.repo.createPull({ title: "Change", head: "change" });
    const { id } = world.repo.addComment(pull.number, { user: "ada", body: "/status" });
    const { react } = reactionsWith({ pull_requests: "write", metadata: "read" });
    expect(await react({ kind: "comment", id }, "eyes")).toBeUndefined();
    expect(await react({ kind: "comment", id: comment }, "eyes")).toContain("issues: write");
  });
});

describe("a reaction that cannot be given is told, not thrown", () => {
  it("where the token may only read, with the lines to add", async () => {
    const { react } = reactionsWith({ issues: "read", metadata: "read" });
    const told = await react({ kind: "comment", id: comment }, "eyes");
    expect(told).toContain("The token may not react to the comment (403");
    expect(told).toContain("permissions:\n  issues: write");
    expect(told).not.toContain("ghs_other");
  });

  it("where the comment was deleted", async () => {
    world.repo.deleteComment(comment);
    const told = await reactions().react({ kind: "comment", id: comment }, "eyes");
    expect(told).toContain("not found");
  });

  // REST never answers with GraphQL's errors.
  const kinds = FAULT_KINDS.filter((kind) => kind !== "graphql-errors");

  it.each(kinds)("after %s, and it is asked for once", async (kind) => {
    world.github.inject({ match: () => true, kind, times: 8, retryAfter: 1 });
    const told = await reactions({ timeoutMs: 200 }).react({ kind: "comment", id: comment }, "-1");
    expect(told).toMatch(/^(?:GitHub|The token) .*react to the comment/);
    const isLimited = kind === "403-secondary" || kind === "429";
    expect(world.github.requests).toHaveLength(isLimited ? 4 : 1);
  });
});
