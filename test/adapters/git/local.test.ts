import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findRepository } from "../../../src/adapters/git/find-repository.ts";
import { createLocalGit } from "../../../src/adapters/git/local.ts";
import { InputError, RefusedError } from "../../../src/core/errors.ts";
import { createQuickClock } from "../store/world.ts";

let root: string;
let outside: string;

const MESSAGE = { headline: "Record job-1", body: "job-1 completed" };
const ENV = {
  PATH: process.env["PATH"],
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

function git(...args: string[]): string {
  return gitIn(root, ...args);
}

function gitIn(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", env: ENV, stdio: "pipe" }).trimEnd();
}

function open(cwd = root, env: Readonly<Record<string, string | undefined>> = ENV) {
  return createLocalGit({ cwd, env, clock: createQuickClock(5) });
}

beforeEach(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), "experiment-monitor-local-")));
  root = join(outside, "repo");
  await mkdir(join(root, "experiments", "default"), { recursive: true });
  git("init", "-q", "-b", "main");
  await writeFile(join(root, "train.py"), "one\n");
  await writeFile(join(root, "experiments/default/log.csv"), "a\n");
  git("add", "-A");
  git("commit", "-qm", "Start");
  await writeFile(join(root, "experiments/default/log.csv"), "b\n");
});
afterEach(() => rm(outside, { recursive: true, force: true }));

const log = () => join(root, "experiments/default/log.csv");

describe("a local commit", () => {
  it("holds exactly the files it was asked for", async () => {
    await writeFile(join(root, "train.py"), "dirty\n");
    await writeFile(join(root, "staged.py"), "staged\n");
    await writeFile(join(root, "new.txt"), "untracked\n");
    await writeFile(join(root, "experiments/default/report.md"), "new report\n");
    git("add", "staged.py");
    const files = [log(), join(root, "experiments/default/report.md")];
    const done = await open().commitFiles({ files, message: MESSAGE });

    expect(done).toEqual({ kind: "committed", commit: git("rev-parse", "HEAD"), branch: "main" });
    expect(git("show", "--format=%s%n%b%an", "--name-status", "HEAD")).toBe(
      "Record job-1\njob-1 completed\nAda\n\nM\texperiments/default/log.csv\nA\texperiments/default/report.md",
    );
    expect(git("status", "--porcelain")).toBe("A  staged.py\n M train.py\n?? new.txt");
  });

  it("is left out when nothing changed", async () => {
    const first = await open().commitFiles({ files: [log()], message: MESSAGE });
    const head = git("rev-parse", "HEAD");
    expect(first.kind).toBe("committed");
    expect(await open().commitFiles({ files: [log()], message: MESSAGE })).toEqual({
      kind: "nothing",
    });
    expect(git("rev-parse", "HEAD")).toBe(head);
  });

  it("records a file that is gone as removed", async () => {
    await rm(log());
    await open().commitFiles({ files: [log()], message: MESSAGE });
    expect(git("ls-tree", "-r", "--name-only", "HEAD")).toBe("train.py");
    expect(git("status", "--porcelain")).toBe("");
  });

  it("runs no hook", async () => {
    for (const hook of ["pre-commit", "commit-msg", "post-commit", "reference-transaction"]) {
      const path = join(root, ".git/hooks", hook);
      await writeFile(path, `#!/bin/sh\ntouch '${outside}/hook-ran'\nexit 1\n`);
      await chmod(path, 0o755);
    }
    expect((await open().commitFiles({ files: [log()], message: MESSAGE })).kind).toBe("committed");
    expect(execFileSync("ls", [outside], { encoding: "utf8" })).not.toContain("hook-ran");
  });

  it("is made on a detached head, which names no branch", async () => {
    git("checkout", "-q", "--detach");
    const done = await open().commitFiles({ files: [log()], message: MESSAGE });
    expect(done).toEqual({ kind: "committed", commit: git("rev-parse", "HEAD") });
    expect(git("rev-parse", "main")).not.toBe(git("rev-parse", "HEAD"));
  });

  it("is the first commit of an unborn branch", async () => {
    const fresh = join(outside, "fresh");
    await mkdir(fresh);
    gitIn(fresh, "init", "-q", "-b", "trunk");
    await writeFile(join(fresh, "log.csv"), "a\n");
    const done = await open(fresh).commitFiles({
      files: [join(fresh, "log.csv")],
      message: MESSAGE,
    });
    expect(done).toMatchObject({ kind: "committed", branch: "trunk" });
    expect(gitIn(fresh, "status", "--porcelain")).toBe("");
    expect(gitIn(fresh, "rev-list", "--count", "HEAD")).toBe("1");
  });

  it("is made from a sub-folder and in a linked worktree", async () => {
    await open(join(root, "experiments")).commitFiles({ files: [log()], message: MESSAGE });
    expect(git("status", "--porcelain")).toBe("");
    const linked = join(outside, "linked");
    git("worktree", "add", "-q", linked, "-b", "side");
    await writeFile(join(linked, "experiments/default/log.csv"), "c\n");
    const files = [join(linked, "experiments/default/log.csv")];
    const done = await open(linked).commitFiles({ files, message: MESSAGE });
    expect(done).toMatchObject({ kind: "committed", branch: "side" });
    expect(gitIn(linked, "status", "--porcelain")).toBe("");
    expect(git("rev-parse", "main")).not.toBe(git("rev-parse", "side"));
    expect(findRepository(join(linked, "experiments"))).toBe(linked);
  });

  it("takes paths as they are written, not as patterns", async () => {
    const odd = join(root, "experiments/default/*.csv");
    await writeFile(odd, "odd\n");
    await open().commitFiles({ files: [odd], message: MESSAGE });
    expect(git("show", "--format=", "--name-only", "HEAD")).toBe("experiments/default/*.csv");
  });

  it("loses no commit when eight are made at once", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `experiments/default/${index}.csv`);
    for (const name of names) await writeFile(join(root, name), "x\n");
    const done = await Promise.all(
      names.map((name) => open().commitFiles({ files: [join(root, name)], message: MESSAGE })),
    );
    expect(done.map(({ kind }) => kind)).toEqual(names.map(() => "committed"));
    expect(git("rev-list", "--count", "HEAD")).toBe("9");
    expect(git("ls-tree", "-r", "--name-only", "HEAD").split("\n")).toEqual(
      expect.arrayContaining(names),
    );
    expect(git("status", "--porcelain")).toBe(" M experiments/default/log.csv");
    git("fsck", "--strict");
  });
});

describe("a refused local commit says so in a sentence", () => {
  it("outside of a repository", async () => {
    const files = [join(outside, "x")];
    const error = await open(outside)
      .commitFiles({ files, message: MESSAGE })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain("is not in a git repository");
    expect(findRepository(outside)).toBeUndefined();
  });

  it("for a file of another folder", async () => {
    await expect(
      open().commitFiles({ files: [join(outside, "x")], message: MESSAGE }),
    ).rejects.toThrow(/outside the repository/);
  });

  it("while another git holds the index, and moves nothing", async () => {
    await writeFile(join(root, ".git/index.lock"), "");
    const head = git("rev-parse", "HEAD");
    const error = await open()
      .commitFiles({ files: [log()], message: MESSAGE })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RefusedError);
    expect(String(error)).toContain("Another git process holds the index");
    expect(git("rev-parse", "HEAD")).toBe(head);
  });

  it("when git does not know who commits", async () => {
    git("config", "user.useConfigOnly", "true");
    const env = { PATH: ENV.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
    await expect(
      open(root, env).commitFiles({ files: [log()], message: MESSAGE }),
    ).rejects.toMatchObject({ exitCode: 2, remedy: expect.stringContaining("user.email") });
  });
});
