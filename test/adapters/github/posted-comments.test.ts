import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GitHubClient } from "../../../src/adapters/github/client.ts";
import { createPostedComments } from "../../../src/adapters/github/posted-comments.ts";
import { createReactions } from "../../../src/adapters/github/reactions.ts";
import { RemoteError } from "../../../src/core/errors.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, type World } from "../store/world.ts";

let world: World;
let issue: number;

const LONG_AGO = "2020-01-01T00:00:00Z";

beforeAll(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
});
afterAll(() => world.close());
beforeEach(() => {
  issue = world.repo.createIssue({ title: "The loop" }).number;
});
afterEach(() => {
  expectNoViolations(world.github);
  world.github.reset();
});

function posted(options: Parameters<World["client"]>[0] = {}) {
  return createPostedComments({ client: world.client(options), owner: "lab", repo: "loop" });
}

/** Comments that were left one a minute from noon on. */
function leave(count: number) {
  const noon = Date.parse("2026-11-23T12:00:00Z");
  return Array.from({ length: count }, (_, minute) =>
    world.repo.addComment(issue, {
      user: "ada",
      body: `comment ${minute}`,
      createdAt: new Date(noon + minute * 60_000).toISOString(),
    }),
  );
}

describe("a posted comment", () => {
  it("is read with its author, its page and its date", async () => {
    const { id, account } = world.repo.addComment(issue, {
      user: "ada",
      body: "/status\r\n",
      createdAt: "2026-11-23T12:00:00Z",
    });
    expect(await posted().readSince(issue, LONG_AGO)).toEqual([
      {
        id,
        url: `${world.github.url}/lab/loop/issues/${issue}#issuecomment-${id}`,
        body: "/status\r\n",
        createdAt: "2026-11-23T12:00:00Z",
        isEdited: false,
        author: { login: "ada", id: String(account.id), isBot: false },
        isOurs: false,
        ownReactions: new Set(),
      },
    ]);
  });

  it("that was changed says so, whatever it says now", async () => {
    const { id, body } = world.repo.addComment(issue, { user: "ada", body: "/status" });
    world.repo.editComment(id, "/stop");
    world.repo.editComment(id, body);
    expect(await posted().readSince(issue, LONG_AGO)).toMatchObject([{ id, isEdited: true }]);
  });

  it("of an app is a bot's, named as pages show it", async () => {
    world.repo.addComment(issue, { user: "github-actions[bot]", body: "ours" });
    world.repo.addComment(issue, { user: "dependabot[bot]", body: "theirs" });
    expect(await posted().readSince(issue, LONG_AGO)).toMatchObject([
      { author: { login: "github-actions[bot]", id: "41898282", isBot: true }, isOurs: true },
      { author: { login: "dependabot[bot]", id: "49699333", isBot: true }, isOurs: false },
    ]);
  });

  it("knows the reactions of this run's identity, and nobody else's", async () => {
    const { id } = world.repo.addComment(issue, { user: "ada", body: "/status" });
    world.github.addToken("mona", {
      login: "mona",
      type: "User",
      permissions: { issues: "write" },
    });
    const react = (token: string, reaction: "eyes" | "rocket" | "confused" | "-1") =>
      createReactions({ client: world.client({ token }), owner: "lab", repo: "loop" }).react(
        { kind: "comment", id },
        reaction,
      );
    for (const reaction of ["eyes", "-1"] as const) await react("ghs_test", reaction);
    for (const reaction of ["rocket", "confused"] as const) await react("mona", reaction);
    const [seen] = await posted().readSince(issue, LONG_AGO);
    expect(seen?.ownReactions).toEqual(new Set(["eyes", "-1"]));
    const [seenByMona] = await posted({ token: "mona" }).readSince(issue, LONG_AGO);
    expect(seenByMona?.ownReactions).toEqual(new Set(["rocket", "confused"]));
  });

  it("of a deleted account is left out", async () => {
    world.repo.addComment(issue, { user: "ghost", body: "/stop" });
    world.repo.addComment(issue, { user: "ada", body: "/status" });
    expect(await posted().readSince(issue, LONG_AGO)).toMatchObject([{ body: "/status" }]);
  });
});

describe("comments since an instant", () => {
  it("are those of that very second and after, oldest first, in one request", async () => {
    leave(5);
    const comments = await posted().readSince(issue, "2026-11-23T12:02:00Z");
    expect(comments.map(({ body }) => body)).toEqual(["comment 2", "comment 3", "comment 4"]);
    expect(world.github.requests).toHaveLength(1);
  });

  it("are read from the newest page backwards, no page more than it takes", async () => {
    leave(350);
    const comments = await posted().readSince(issue, "2026-11-23T14:40:00Z");
    expect(comments).toHaveLength(190);
    expect(comments[0]?.body).toBe("comment 160");
    expect(comments.at(-1)?.body).toBe("comment 349");
    expect(world.github.requests).toHaveLength(2);
  });

  it("are all of them where all are recent", async () => {
    const left = leave(300);
    const comments = await posted().readSince(issue, LONG_AGO);
    expect(comments.map(({ id }) => id)).toEqual(left.map(({ id }) => id));
    expect(world.github.requests).toHaveLength(3);
  });

  it("are none on an issue without any, and none where there is no such thread", async () => {
    expect(await posted().readSince(issue, LONG_AGO)).toEqual([]);
    expect(await posted().readSince(9999, LONG_AGO)).toEqual([]);
  });

  it("may be a pull request's", async () => {
    await world.repo.createBranch("change");
    await world.repo.commitFiles("change", { "README.md": "# Changed\n" });
    const pull = await world.repo.createPull({ title: "Change", head: "change" });
    const { id } = world.repo.addComment(pull.number, { user: "ada", body: "/status" });
    expect(await posted().readSince(pull.number, LONG_AGO)).toMatchObject([{ id }]);
  });

  it("cannot be told by what is no date", async () => {
    const reading = posted().readSince(issue, "yesterday");
    await expect(reading).rejects.toThrow('"yesterday" is no date');
  });
});

describe("an issue that was transferred", () => {
  it("has no comments where it was, and only later ones where it went", async () => {
    const other = await world.github.createRepo({ owner: "lab", name: "elsewhere" });
    world.repo.addComment(issue, {
      user: "ada",
      body: "/stop",
      createdAt: "2026-11-23T12:00:00Z",
    });
    const moved = world.repo.transferIssue(issue, other);
    expect(await posted().readSince(issue, LONG_AGO)).toEqual([]);
    const there = createPostedComments({ client: world.client(), owner: "lab", repo: "elsewhere" });
    expect(await there.readSince(moved.number, LONG_AGO)).toEqual([]);
    const later = new Date(Date.now() + 2000).toISOString();
    other.addComment(moved.number, { user: "ada", body: "/status", createdAt: later });
    expect(await there.readSince(moved.number, LONG_AGO)).toMatchObject([{ body: "/status" }]);
  });

  it("has none of another repository's, should GitHub lead there", async () => {
    const node = {
      fullDatabaseId: "7",
      url: "https://github.test/lab/loops/issues/1#issuecomment-7",
      body: "/stop",
      createdAt: "2026-11-23T12:00:00Z",
      author: { __typename: "User", login: "ada", databaseId: 42 },
    };
    const home = (url: string) => {
      const thread = { comments: { pageInfo: {}, nodes: [node] } };
      const answer = { repository: { url, issueOrPullRequest: thread } };
      const client = { query: async () => answer } as unknown as GitHubClient;
      return createPostedComments({ client, owner: "lab", repo: "loop" }).readSince(1, LONG_AGO);
    };
    expect(await home("https://github.test/lab/loop")).toEqual([]);
    expect(await home("https://github.test/lab/loops")).toMatchObject([{ id: 7 }]);
  });
});

describe("trouble", () => {
  it.each([
    "500",
    "403",
    "401",
    "graphql-errors",
    "html",
    "truncated-json",
    "timeout-before",
  ] as const)("is no empty thread: %s", async (kind) => {
    leave(1);
    world.github.inject({ match: () => true, kind, times: 8 });
    const reading = posted({ timeoutMs: 200 }).readSince(issue, LONG_AGO);
    await expect(reading).rejects.toBeInstanceOf(RemoteError);
  });

  it("that passes is not noticed", async () => {
    leave(1);
    world.github.inject({ match: () => true, kind: "502", times: 2 });
    expect(await posted().readSince(issue, LONG_AGO)).toHaveLength(1);
  });
});
