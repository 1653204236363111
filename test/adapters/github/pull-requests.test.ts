import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPullRequests } from "../../../src/adapters/github/pull-requests.ts";
import type { PullRequests } from "../../../src/ports/pull-requests.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { openWorld, type World } from "../store/world.ts";

const HEAD = "experiment-monitor/default";
const REQUEST = { head: HEAD, base: "main", title: "Update the log", body: "A sentence." };
/** What git calls a file that holds `a`: `printf a | git hash-object --stdin`. */
const A_BLOB = "2e65efe2a145dda7ee51d1741299f848e5bf752e";

let world: World;
let pullRequests: PullRequests;

beforeEach(async () => {
  world = await openWorld({ "README.md": "# Loop\n" });
  pullRequests = createPullRequests({ client: world.client(), owner: "lab", repo: "loop" });
  await world.repo.createBranch(HEAD);
  await world.repo.commitFiles(HEAD, { "a.txt": "a" });
});
afterEach(() => world.close());

describe("pull requests", () => {
  it("tell how two branches relate", async () => {
    const base = await world.repo.head("main");
    await world.repo.commitFiles("main", { "b.txt": "b" });
    await world.repo.commitFiles("main", { "c.txt": "c" });
    expect(await pullRequests.compare("main", HEAD)).toEqual({
      mergeBase: base,
      aheadBy: 1,
      behindBy: 2,
      changed: new Map([["a.txt", A_BLOB]]),
    });
    expectNoViolations(world.github);
  });

  it("tell which files one branch changed, and say nothing where GitHub's list may be cut", async () => {
    await world.repo.commitFiles(HEAD, { "README.md": null });
    const changed = new Map([
      ["README.md", "absent"],
      ["a.txt", A_BLOB],
    ]);
    expect(await pullRequests.compare("main", HEAD)).toMatchObject({ changed });
    const many = Array.from({ length: 300 }, (_, at) => [`many/${at}.txt`, `${at}`]);
    await world.repo.commitFiles(HEAD, Object.fromEntries(many));
    expect((await pullRequests.compare("main", HEAD)).changed).toBeUndefined();
  });

  it("are found while they are open", async () => {
    expect(await pullRequests.findOpen(HEAD, "main")).toBeUndefined();
    const created = await pullRequests.create(REQUEST);
    expect(created.url).toContain(`/pull/${created.number}`);
    expect(await pullRequests.findOpen(HEAD, "main")).toEqual(created);
    await world.repo.closePull(created.number);
    expect(await pullRequests.findOpen(HEAD, "main")).toBeUndefined();
    expectNoViolations(world.github);
  });

  it("are created once, also by two runs and after a lost answer", async () => {
    const first = await pullRequests.create(REQUEST);
    expect(await pullRequests.create(REQUEST)).toEqual(first);
    await world.repo.closePull(first.number);
    world.github.inject({ kind: "502-after-apply", match: ({ method }) => method === "POST" });
    const second = await pullRequests.create(REQUEST);
    expect(second.number).not.toBe(first.number);
    expect(world.repo.issues()).toHaveLength(2);
  });

  it("that Actions may not create are refused with the setting to change", async () => {
    const strict = await world.github.createRepo({
      owner: "lab",
      name: "strict",
      files: { "README.md": "# Strict\n" },
      actionsMayCreatePulls: false,
    });
    await strict.createBranch(HEAD);
    await strict.commitFiles(HEAD, { "a.txt": "a" });
    const refused = createPullRequests({ client: world.client(), owner: "lab", repo: "strict" });
    await expect(refused.create(REQUEST)).rejects.toMatchObject({
      exitCode: 5,
      remedy: expect.stringContaining("Settings, Actions, General"),
    });
  });
});
