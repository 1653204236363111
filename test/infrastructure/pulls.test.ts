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
let api: Octokit;
let count = 0;

beforeAll(async () => {
  github = await startGitHub();
  const drop = () => undefined;
  const log = { debug: drop, info: drop, warn: drop, error: drop };
  api = new Octokit({ auth: ACTIONS_TOKEN, baseUrl: github.url, log });
});
afterAll(() => github.close());
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({
    owner: "octo",
    name: `pulls-${count}`,
    files: { "a.txt": "a" },
  });
});
afterEach(() => expectNoViolations(github));

function at() {
  return { owner: repo.owner, repo: repo.name };
}

describe("pull requests", () => {
  it("refuses a second one, one without commits, and the bot when the setting forbids it", async () => {
    const open = (head: string) => api.pulls.create({ ...at(), title: "x", head, base: "main" });
    await repo.createBranch("same");
    await expect(open("same")).rejects.toThrow("No commits between main and same");
    await expect(open("none")).rejects.toMatchObject({ status: 422 });
    await repo.commitFiles("topic", { "b.txt": "b" });
    await open("topic");
    await expect(open("topic")).rejects.toThrow("A pull request already exists for octo:topic.");
    const strict = await github.createRepo({
      owner: "octo",
      name: `strict-${count}`,
      files: { "a.txt": "a" },
      actionsMayCreatePulls: false,
    });
    await strict.commitFiles("topic", { "b.txt": "b" });
    const where = { owner: strict.owner, repo: strict.name };
    const refused = api.pulls.create({ ...where, title: "x", head: "topic", base: "main" });
    await expect(refused).rejects.toMatchObject({
      status: 403,
      message: /not permitted to create/,
    });
  });

  it("follows its head, then freezes when merged", async () => {
    await repo.createBranch("topic");
    await repo.commitFiles("topic", { "b.txt": "b" });
    const pull = await repo.createPull({ title: "x", head: "topic", user: "mona" });
    const get = async () => (await api.pulls.get({ ...at(), pull_number: pull.number })).data;
    const second = await repo.commitFiles("topic", { "c.txt": "c" });
    expect(await get()).toMatchObject({ head: { sha: second }, commits: 2, changed_files: 2 });
    await repo.mergePull(pull.number);
    await repo.commitFiles("topic", { "d.txt": "d" });
    expect(await get()).toMatchObject({ head: { sha: second }, state: "closed", merged: true });
    expect(await repo.listFiles("main")).toEqual(["a.txt", "b.txt", "c.txt"]);
  });

  it("takes a fork's branch, whose repository and commits it shows", async () => {
    const fork = await github.createRepo({ owner: "mona", name: `fork-${count}` });
    await execa("git", ["fetch", "-q", repo.dir, "main:main"], { cwd: fork.dir });
    const sha = await fork.commitFiles("main", { "f.txt": "f" });
    const pull = await repo.createPull({
      title: "x",
      head: "main",
      headRepo: fork.fullName,
      user: "mona",
    });
    const { data } = await api.pulls.get({ ...at(), pull_number: pull.number });
    expect(data.head).toMatchObject({
      sha,
      label: "mona:main",
      repo: { full_name: fork.fullName },
    });
    const file = await api.repos.getContent({ ...at(), path: "f.txt", ref: sha });
    expect(file.status).toBe(200);
  });
});
