import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createComments } from "../../../src/adapters/github/comments.ts";
import type { Comments } from "../../../src/ports/comments.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, type World } from "../store/world.ts";

let world: World;
let comments: Comments;
let issue: number;

beforeEach(async () => {
  world = await openWorld({
    "README.md": "# Loop\n",
    "experiments/default/session.yml": "issue: 1\n",
  });
  comments = createComments({ client: world.client(), owner: "lab", repo: "loop" });
  issue = world.repo.createIssue({ title: "The loop" }).number;
});
afterEach(() => world.close());

describe("a thread", () => {
  it("holds every comment of every page, oldest first, and tells ours from others'", async () => {
    for (let index = 0; index < 205; index += 1) {
      world.repo.addComment(issue, { user: "ada", body: `comment ${index}` });
    }
    const own = await comments.create(issue, "<!-- marker -->\nours");
    world.github.reset();
    const thread = await comments.readThread(issue);
    expect(world.github.requests).toHaveLength(3);
    expect(thread).toMatchObject({ number: issue, kind: "issue", locked: false });
    expect(thread?.comments).toHaveLength(206);
    expect(thread?.comments[0]).toMatchObject({
      body: "comment 0",
      isOurs: false,
      authorLogin: "ada",
    });
    expect(own.kind === "written" && own.comment.id).toBe(thread?.comments.at(-1)?.id);
    expect(thread?.comments.filter(({ isOurs }) => isOurs)).toHaveLength(1);
    expectNoViolations(world.github);
  });

  it("is read from its end as far as it is needed", async () => {
    const ids = Array.from({ length: 305 }, (_, index) => {
      return world.repo.addComment(issue, { user: "ada", body: `comment ${index}` }).id;
    });
    world.github.reset();
    const last = await comments.readThread(issue, ids[300]);
    expect(world.github.requests).toHaveLength(1);
    expect(last?.comments.map(({ id }) => id)).toEqual(ids.slice(205));
    const early = await comments.readThread(issue, ids[2]);
    expect(early?.comments.map(({ id }) => id)).toEqual(ids);
    const deleted = await comments.readThread(issue, 1);
    expect(deleted?.comments.map(({ id }) => id)).toEqual(ids);
    expect(world.github.requests).toHaveLength(1 + 4 + 4);
    expectNoViolations(world.github);
  });

  it("names an app as pages show it", async () => {
    await comments.create(issue, "ours");
    const thread = await comments.readThread(issue);
    expect(thread?.comments[0]?.authorLogin).toBe("github-actions[bot]");
  });

  it("may be a pull request's", async () => {
    await world.repo.createBranch("change");
    await world.repo.commitFiles("change", { "README.md": "# Changed\n" });
    const pull = await world.repo.createPull({ title: "Change", head: "change" });
    expect(await comments.readThread(pull.number)).toMatchObject({
      kind: "pull-request",
      comments: [],
    });
  });

  it("is undefined when there is no such issue", async () => {
    expect(await comments.readThread(999)).toBeUndefined();
  });
});

describe("a comment", () => {
  it("is created, updated and removed by one request each", async () => {
    const created = await comments.create(issue, "one");
    if (created.kind !== "written") throw new Error(created.kind);
    expect(created.comment).toMatchObject({ body: "one", isOurs: true });
    const updated = await comments.update(created.comment.id, "two");
    expect(updated).toMatchObject({
      kind: "written",
      comment: { id: created.comment.id, body: "two" },
    });
    expect(await comments.remove(created.comment.id)).toEqual({ kind: "removed" });
    expect(world.github.requests).toHaveLength(3);
    expect(world.repo.comments(issue)).toHaveLength(0);
    expectNoViolations(world.github);
  });

  it("that somebody deleted is gone", async () => {
    const created = await comments.create(issue, "one");
    if (created.kind !== "written") throw new Error(created.kind);
    world.repo.deleteComment(created.comment.id);
    expect(await comments.update(created.comment.id, "two")).toEqual({ kind: "gone" });
    expect(await comments.remove(created.comment.id)).toEqual({ kind: "gone" });
  });

  it.each(["500", "502-after-apply", "truncated-json", "html", "reset-after-apply"] as const)(
    "is never sent twice after %s; the answer is unclear",
    async (kind) => {
      world.github.inject({ kind, match: ({ method }) => method === "POST", times: 1 });
      expect((await comments.create(issue, "one")).kind).toBe("unclear");
      expect(world.github.writes()).toBe(1);
    },
  );

  it("is sent again when GitHub turned it away for its rate", async () => {
    world.github.inject({ kind: "403-secondary", match: ({ method }) => method === "POST" });
    expect((await comments.create(issue, "one")).kind).toBe("written");
    expect(world.repo.comments(issue)).toHaveLength(1);
  });
});

describe("a refused comment says why", () => {
  it("when the issue is locked", async () => {
    world.repo.lock(issue);
    const written = await comments.create(issue, "one");
    expect(written).toMatchObject({ kind: "refused", reason: "locked" });
    expect(written.kind === "refused" && written.detail).toContain("the conversation is locked");
    expect(written.kind === "refused" && written.detail).not.toContain("permissions:");
  });

  it("when the issue has as many comments as GitHub allows", async () => {
    world.github.limits.commentCap = 1;
    await comments.create(issue, "one");
    const written = await comments.create(issue, "two");
    expect(written).toMatchObject({ kind: "refused", reason: "comment-cap" });
    expect(written.kind === "refused" && written.detail).toContain("as many comments as GitHub");
    expect(written.kind === "refused" && written.detail).not.toContain("permissions:");
  });

  it("when the text is too long", async () => {
    const written = await comments.create(issue, "x".repeat(70_000));
    expect(written).toMatchObject({ kind: "refused", reason: "too-long" });
  });

  it("when there is no such issue", async () => {
    expect(await comments.create(999, "one")).toMatchObject({
      kind: "refused",
      reason: "not-found",
    });
  });

  it("when the token may only read, and names the lines to add", async () => {
    world.github.addToken("ghs_reader", {
      login: "github-actions[bot]",
      type: "Bot",
      permissions: { contents: "read", issues: "read", metadata: "read" },
    });
    const client = world.client({ token: "ghs_reader" });
    const reader = createComments({ client, owner: "lab", repo: "loop" });
    const written = await reader.create(issue, "one");
    expect(written).toMatchObject({ kind: "refused", reason: "forbidden" });
    expect(written.kind === "refused" && written.detail).toContain("permissions:\n  issues: write");
    expect(written.kind === "refused" && written.detail).not.toContain("ghs_reader");
  });
});
