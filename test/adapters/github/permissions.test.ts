import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { GitHubClient } from "../../../src/adapters/github/client.ts";
import { createPermissions } from "../../../src/adapters/github/permissions.ts";
import { RemoteError } from "../../../src/core/errors.ts";
import { FAULT_KINDS } from "../../support/github/faults.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, type World } from "../store/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
});
afterAll(() => world.close());
afterEach(() => {
  expectNoViolations(world.github);
  world.github.reset();
});

function permissions(repo = "loop", options: Parameters<World["client"]>[0] = {}) {
  return createPermissions({ client: world.client(options), owner: "lab", repo });
}

/** Permissions of a GitHub that answers exactly this. */
function answering(answer: unknown) {
  const client = { read: async () => answer } as unknown as GitHubClient;
  return createPermissions({ client, owner: "lab", repo: "loop" });
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => `answered ${String(value)}`,
    (error: unknown) => error,
  );
}

describe("a role", () => {
  it.each(["none", "read", "triage", "write", "maintain", "admin"] as const)(
    "is %s",
    async (role) => {
      world.repo.setPermission("mona", role);
      expect(await permissions().readRole("mona")).toBe(role);
    },
  );

  it.each(["none", "read", "triage", "write", "maintain", "admin"] as const)(
    "under a name of the organisation's own is the known one it holds: %s",
    async (role) => {
      world.repo.setPermission("mona", role, "Experiment Reviewer");
      expect(await permissions().readRole("mona")).toBe(role);
    },
  );

  it("is asked anew every time", async () => {
    const { readRole } = permissions();
    world.repo.setPermission("mona", "write");
    expect(await readRole("mona")).toBe("write");
    world.repo.setPermission("mona", "none");
    expect(await readRole("mona")).toBe("none");
    expect(world.github.requests).toHaveLength(2);
  });

  it("is the owner's admin, whatever the letters' case", async () => {
    expect(await permissions().readRole("Lab")).toBe("admin");
  });

  it.each(["nobody-at-all", "github-actions[bot]", "enterprise_user"])(
    "of %s, who is no collaborator, is none",
    async (login) => {
      expect(await permissions().readRole(login)).toBe("none");
      const handle = encodeURIComponent(login);
      expect(world.github.requests.map(({ path }) => path)).toEqual([
        `/repos/lab/loop/collaborators/${handle}/permission`,
      ]);
    },
  );

  it.each([
    "",
    ".",
    "..",
    "../../x",
    "a/b",
    "a b",
    "mona?x=1",
    "mona%2f..",
    "[bot]",
    "mona\n",
    "é",
  ])("of %j is not even asked for", async (login) => {
    const error = await errorOf(permissions().readRole(login));
    expect(error).toBeInstanceOf(RemoteError);
    expect(String(error)).toContain("is no login of GitHub");
    expect(world.github.requests).toEqual([]);
  });

  it("falls back to the older permission where an answer names nobody", async () => {
    const answer = { permission: "write", role_name: "Reviewer", user: null };
    expect(await answering(answer).readRole("mona")).toBe("write");
  });

  it("with a name of its own and nothing allowed is none", async () => {
    const user = { permissions: { pull: false, push: "true" } };
    const answer = { permission: "admin", role_name: "Reviewer", user };
    expect(await answering(answer).readRole("mona")).toBe("none");
  });

  it.each([{}, [], { role_name: "Reviewer" }, { permission: "owner", user: {} }, { role_name: 7 }])(
    "is never guessed from %j",
    async (answer) => {
      expect(await errorOf(answering(answer).readRole("mona"))).toBeInstanceOf(RemoteError);
    },
  );
});

describe("trouble is never a role", () => {
  const kinds = FAULT_KINDS.filter((kind) => kind !== "404");

  it.each(kinds)("%s", async (kind) => {
    world.repo.setPermission("mona", "admin");
    world.github.inject({ match: ({ kind: of }) => of === "rest", kind, times: 8 });
    const { readRole } = permissions("loop", { timeoutMs: 200 });
    const error = await errorOf(readRole("mona"));
    expect(error).toBeInstanceOf(RemoteError);
    expect(String(error)).not.toContain("ghs_test");
    expect(String(error)).toMatch(/read what somebody may do here|names no role/);
  });

  it("and once it is over, the role is known", async () => {
    world.repo.setPermission("mona", "triage");
    world.github.inject({ match: () => true, kind: "502", times: 2 });
    expect(await permissions().readRole("mona")).toBe("triage");
  });

  it("a token without the permission is told which one", async () => {
    world.github.addToken("ghs_blind", {
      login: "blind[bot]",
      type: "Bot",
      permissions: { contents: "write" },
    });
    const error = await errorOf(permissions("loop", { token: "ghs_blind" }).readRole("mona"));
    expect(error).toMatchObject({ status: 403, remedy: expect.stringContaining("Metadata: read") });
  });
});

describe("the visibility", () => {
  it.each(["public", "private", "internal"] as const)("is %s", async (visibility) => {
    await world.github.createRepo({ owner: "lab", name: `is-${visibility}`, visibility });
    expect(await permissions(`is-${visibility}`).readVisibility()).toBe(visibility);
  });

  it.each([
    [{ private: true }, "private"],
    [{ private: false, visibility: null }, "public"],
    [{ private: true, visibility: "secret" }, "private"],
  ])("of an answer such as %j is known by its privacy", async (answer, visibility) => {
    expect(await answering(answer).readVisibility()).toBe(visibility);
  });

  it.each([{}, { private: "no" }, { visibility: "Public" }])(
    "is never guessed from %j",
    async (answer) => {
      const error = await errorOf(answering(answer).readVisibility());
      expect(error).toBeInstanceOf(RemoteError);
    },
  );

  it.each(["500", "404", "403", "html", "truncated-json"] as const)(
    "is unknown after %s",
    async (kind) => {
      world.github.inject({ match: () => true, kind, times: 8 });
      const error = await errorOf(permissions().readVisibility());
      expect(error).toBeInstanceOf(RemoteError);
      expect(String(error)).toContain("who may see the repository");
    },
  );
});
