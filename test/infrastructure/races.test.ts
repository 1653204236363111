import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

const HEAD = `query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    id databaseId isPrivate visibility viewerPermission
    defaultBranchRef { name target { oid ... on Commit { committedDate history { totalCount } } } }
    ref(qualifiedName: "refs/heads/main") { target { oid } }
    object(expression: "main:") {
      ... on Tree { entries { name type mode oid object { ... on Blob { byteSize isBinary isTruncated text } } } }
    }
  }
}`;
const COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid url committedDate }
    ref { target { oid } }
  }
}`;

let github: LoopbackGitHub;
let repo: RepoHandle;
let octokit: Octokit;
let temp: string;
let count = 0;

beforeAll(async () => {
  github = await startGitHub();
  temp = await mkdtemp(join(tmpdir(), "races-"));
});
afterAll(async () => {
  await github.close();
  await rm(temp, { recursive: true, force: true });
});
beforeEach(async () => {
  count += 1;
  repo = await github.createRepo({ owner: "octo", name: `race-${count}`, files: { "a.txt": "a" } });
  octokit = new Octokit({ auth: ACTIONS_TOKEN, baseUrl: github.url });
  github.reset();
});
afterEach(() => expectNoViolations(github));

async function head(): Promise<string> {
  const found = await octokit.graphql<{ repository: { ref: { target: { oid: string } } } }>(HEAD, {
    owner: repo.owner,
    name: repo.name,
  });
  return found.repository.ref.target.oid;
}

function commit(expectedHeadOid: string, path: string, text = path): Promise<unknown> {
  return octokit.graphql(COMMIT, {
    input: {
      branch: { repositoryNameWithOwner: repo.fullName, branchName: "main" },
      message: { headline: `Write ${path}`, body: "By a test." },
      expectedHeadOid,
      fileChanges: { additions: [{ path, contents: Buffer.from(text).toString("base64") }] },
    },
  });
}

function firstError(error: unknown): { type?: string; message: string } | undefined {
  const { errors } = error as { errors?: { type?: string; message: string }[] };
  return errors?.[0];
}

/** Commits until the head holds still; answers how often it did not. */
async function commitUntilDone(path: string): Promise<number> {
  for (let stale = 0; ; stale += 1) {
    try {
      await commit(await head(), path);
      return stale;
    } catch (error) {
      if (firstError(error)?.type !== "STALE_DATA") throw error;
    }
  }
}

function runGit(cwd: string, ...args: string[]) {
  const basic = Buffer.from(`x-access-token:${ACTIONS_TOKEN}`).toString("base64");
  const env = {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${github.url}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "t",
    GIT_AUTHOR_EMAIL: "t@example.com",
    GIT_COMMITTER_NAME: "t",
    GIT_COMMITTER_EMAIL: "t@example.com",
  };
  return execa("git", args, { cwd, env, reject: false });
}

async function pushUntilDone(path: string): Promise<number> {
  const clone = await mkdtemp(join(temp, "clone-"));
  await runGit(clone, "clone", "--quiet", "--depth=1", repo.cloneUrl, ".");
  for (let stale = 0; ; stale += 1) {
    await runGit(clone, "fetch", "--quiet", "--depth=1", "origin", "main");
    await runGit(clone, "reset", "--quiet", "--hard", "FETCH_HEAD");
    await writeFile(join(clone, path), path);
    await runGit(clone, "add", path);
    await runGit(clone, "commit", "--quiet", "-m", `Push ${path}`);
    const pushed = await runGit(clone, "push", "origin", "HEAD:main");
    if (pushed.exitCode === 0) return stale;
    expect(pushed.stderr).toMatch(/non-fast-forward|fetch first|rejected|cannot lock ref/);
  }
}

describe("createCommitOnBranch", () => {
  it("refuses an outdated head in GitHub's words and writes nothing", async () => {
    const old = await head();
    await commit(old, "b.txt");
    const now = await repo.head();
    const error = await commit(old, "c.txt").catch((reason: unknown) => reason);
    expect(firstError(error)).toMatchObject({
      type: "STALE_DATA",
      path: ["createCommitOnBranch"],
      message: `Expected branch to point to "${old}" but it did not.  Pull and try again.`,
    });
    expect(await repo.head()).toBe(now);
    expect(github.requests.at(-1)).toMatchObject({
      status: 200,
      isMutation: true,
      isWrite: true,
      graphqlOperation: "createCommitOnBranch",
    });
  });

  it("loses nothing among eight writers", async () => {
    const paths = Array.from({ length: 8 }, (_, index) => `w${index}.txt`);
    await Promise.all(paths.map(commitUntilDone));
    expect(await repo.listFiles("main")).toEqual(["a.txt", ...paths]);
    expect(await repo.log("main")).toHaveLength(9);
    await repo.fsck();
  });

  it("deletes files and refuses to delete what is not there", async () => {
    const expectedHeadOid = await head();
    const input = (path: string) => ({
      input: {
        branch: { repositoryNameWithOwner: repo.fullName, branchName: "main" },
        message: { headline: "Delete" },
        expectedHeadOid,
        fileChanges: { deletions: [{ path }] },
      },
    });
    await expect(octokit.graphql(COMMIT, input("nope.txt"))).rejects.toThrow("does not exist");
    await octokit.graphql(COMMIT, input("a.txt"));
    expect(await repo.listFiles("main")).toEqual([]);
  });

  it("names a missing repository and a missing branch", async () => {
    const input = (repositoryNameWithOwner: string, branchName: string) => ({
      input: {
        branch: { repositoryNameWithOwner, branchName },
        message: { headline: "x" },
        expectedHeadOid: "0".repeat(40),
      },
    });
    const missing = octokit.graphql(COMMIT, input("octo/none", "main"));
    await expect(missing).rejects.toThrow("Could not resolve to a Repository");
    const branch = octokit.graphql(COMMIT, input(repo.fullName, "none"));
    await expect(branch).rejects.toThrow("No such branch");
  });
});

describe("git and the API on one reference", () => {
  it("lets both race and keeps every file", async () => {
    const api = ["api0.txt", "api1.txt", "api2.txt", "api3.txt"];
    const git = ["git0.txt", "git1.txt", "git2.txt", "git3.txt"];
    await Promise.all([...api.map(commitUntilDone), ...git.map(pushUntilDone)]);
    expect(await repo.listFiles("main")).toEqual(["a.txt", ...api, ...git]);
    await repo.fsck();
  });

  it.each([
    [
      "GH006",
      "GH006: Protected branch update failed for refs/heads/main.",
      "protected branch hook declined",
    ],
    [
      "GH013",
      "GH013: Repository rule violations found for refs/heads/main.",
      "push declined due to repository rule violations",
    ],
  ] as const)(
    "declines pushes and API writes to a protected branch (%s)",
    async (kind, words, reason) => {
      const clone = await mkdtemp(join(temp, "clone-"));
      await runGit(clone, "clone", "--quiet", repo.cloneUrl, ".");
      await runGit(clone, "commit", "--quiet", "--allow-empty", "-m", "x");
      await repo.protect("main", kind);
      const before = await repo.head();
      const pushed = await runGit(clone, "push", "origin", "HEAD:main");
      expect(pushed.exitCode).toBe(1);
      expect(pushed.stderr).toContain(`remote: error: ${words}`);
      expect(pushed.stderr).toContain("remote: - Changes must be made through a pull request.");
      expect(pushed.stderr).toContain(`! [remote rejected] HEAD -> main (${reason})`);
      await expect(commit(await head(), "b.txt")).rejects.toThrow(
        "Changes must be made through a pull request.",
      );
      expect(await repo.head()).toBe(before);
      const topic = await runGit(clone, "push", "origin", "HEAD:refs/heads/topic");
      expect(topic.exitCode).toBe(0);
      await repo.unprotect("main");
      expect((await runGit(clone, "push", "origin", "HEAD:main")).exitCode).toBe(0);
    },
  );
});
