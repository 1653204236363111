import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRevisions } from "../../../src/adapters/git/revisions.ts";
import { InputError, LogError } from "../../../src/core/errors.ts";
import { createGitScene, type GitScene } from "../../acceptance/git-scene.ts";

let scene: GitScene;

beforeEach(async () => {
  scene = await createGitScene();
});
afterEach(() => scene.remove());

function open(overrides: { cwd?: string; experimentsDir?: string } = {}) {
  const { cwd = ".", experimentsDir = "experiments" } = overrides;
  return createRevisions({
    cwd: join(scene.root, cwd),
    env: process.env,
    experimentsDir: join(scene.root, experimentsDir),
  });
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");

describe("sessions at a revision", () => {
  it("are those of the commit, whatever the working tree and the index hold", async () => {
    const first = await scene.commit("one", {
      "experiments/b/experiment_log.csv": "one",
      "experiments/b/command_log.csv": "ledger",
      "experiments/b/experiment_report.md": "not asked for",
      "experiments/a/session.yml": "issue: 1\n",
      "experiments/none/notes.md": "no session",
      "experiments/No Session/experiment_log.csv": "x",
      "experiments/README.md": "x",
    });
    await scene.commit("two", { "experiments/b/experiment_log.csv": "two" });
    await scene.write("experiments/b/experiment_log.csv", "three");
    await rm(join(scene.root, "experiments/a"), { recursive: true });
    const status = scene.git("status", "--porcelain");
    const sessions = await open().readSessions("HEAD~1");
    expect([...sessions.keys()]).toEqual(["a", "b"]);
    expect(sessions.get("b")?.folder).toBe("experiments/b");
    expect([...(sessions.get("b")?.files.keys() ?? [])].sort()).toEqual([
      "command_log.csv",
      "experiment_log.csv",
    ]);
    expect(text(sessions.get("b")?.files.get("experiment_log.csv"))).toBe("one");
    expect(await open().findCommit("HEAD~1")).toBe(first);
    expect(scene.git("status", "--porcelain")).toBe(status);
  });

  it("are the wanted ones, from any folder, also where the experiments directory is gone or the root", async () => {
    await scene.commit("one", {
      "deep/er/x.txt": "x",
      "experiments/a/experiment_log.csv": "a",
      "experiments/b/experiment_log.csv": "b",
      "top/experiment_log.csv": "top",
    });
    await rm(join(scene.root, "experiments"), { recursive: true });
    const some = await open({ cwd: "deep/er" }).readSessions("HEAD", ["b", "absent"]);
    expect([...some.keys()]).toEqual(["b"]);
    const root = await open({ experimentsDir: "." }).readSessions("HEAD");
    expect([...root].map(([name, { folder }]) => [name, folder])).toEqual([["top", "top"]]);
    expect((await open({ experimentsDir: "elsewhere" }).readSessions("HEAD")).size).toBe(0);
  });

  it("are not read through a symlink", async () => {
    await mkdir(join(scene.root, "experiments/a"), { recursive: true });
    await symlink("/etc/passwd", join(scene.root, "experiments/a/experiment_log.csv"));
    await scene.commit("link", { "experiments/b/experiment_log.csv": "b" });
    const sessions = await open().readSessions("HEAD");
    expect([...sessions.keys()]).toEqual(["a", "b"]);
    const { files, unreadable } = sessions.get("a") ?? {};
    expect([files?.size, unreadable]).toEqual([0, expect.any(LogError)]);
    expect(unreadable?.message).toMatch(/^HEAD:experiments\/a\/.*is a symlink in git/);
    expect(sessions.get("b")).not.toHaveProperty("unreadable");
  });

  it("run no hook and no filter of the repository", async () => {
    await scene.commit("one", {
      ".gitattributes": "*.csv filter=evil\n",
      "experiments/a/experiment_log.csv": "a",
    });
    scene.git("config", "filter.evil.smudge", `touch '${join(scene.root, "ran")}'; cat`);
    scene.git("config", "core.fsmonitor", `touch '${join(scene.root, "ran")}'`);
    const sessions = await open().readSessions("main");
    expect(text(sessions.get("a")?.files.get("experiment_log.csv"))).toBe("a");
    expect(existsSync(join(scene.root, "ran"))).toBe(false);
  });
});

describe("the name of a revision", () => {
  it.each(["", "--all", "-h", "--output=x", "a\nb"])(
    "%j is refused before git sees it",
    async (name) => {
      await scene.commit("one", {});
      await expect(open().findCommit(name)).rejects.toThrow(InputError);
      await expect(open().findCommit(name)).rejects.toThrow("is not the name of a revision");
    },
  );

  it.each(["nope", "HEAD~9", "HEAD..HEAD", "HEAD^{tree}", "HEAD:x", ":/x", "@{u}"])(
    "%j is no commit, and the sentence says so",
    async (name) => {
      await scene.commit("one", {});
      const error = await open()
        .findCommit(name)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(`There is no commit "${name}" in this repository.`);
      expect(error).toHaveProperty("remedy", expect.stringContaining("git fetch"));
    },
  );

  it("is a branch, a tag, an abbreviated or a relative commit", async () => {
    const one = await scene.commit("one", {});
    scene.git("tag", "-a", "v1", "-m", "v1");
    await scene.commit("two", {});
    for (const name of ["v1", "HEAD~1", one.slice(0, 8), "main^", one]) {
      expect(await open().findCommit(name)).toBe(one);
    }
  });

  it("that a shallow clone lacks is told with what to fetch", async () => {
    const one = await scene.commit("one", {});
    await scene.commit("two", { "experiments/a/experiment_log.csv": "a" });
    const clone = join(scene.root, "clone");
    execFileSync("git", ["clone", "-q", "--depth=1", `file://${scene.root}`, clone]);
    const revisions = open({ cwd: "clone", experimentsDir: "clone/experiments" });
    const error = await revisions.findCommit(one).catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty("remedy", expect.stringContaining("git fetch --unshallow"));
    expect((await revisions.readSessions("HEAD")).has("a")).toBe(true);
  });
});

describe("a merge base", () => {
  it("is where two branches parted, and nothing where they never met", async () => {
    const base = await scene.commit("base", {});
    scene.git("checkout", "-q", "-b", "side");
    await scene.commit("side", { "s.txt": "s" });
    scene.git("checkout", "-q", "main");
    await scene.commit("main", { "m.txt": "m" });
    expect(await open().findMergeBase("main", "side")).toBe(base);
    scene.git("checkout", "-q", "--orphan", "other");
    await scene.commit("other", { "o.txt": "o" });
    expect(await open().findMergeBase("main", "other")).toBeUndefined();
    await expect(open().findMergeBase("main", "nope")).rejects.toThrow("There is no commit");
  });

  it("is not taken for absent when git cannot read what came before", async () => {
    const base = await scene.commit("base", {});
    scene.git("checkout", "-q", "-b", "side");
    await scene.commit("side", { "s.txt": "s" });
    scene.git("checkout", "-q", "main");
    await scene.commit("main", { "m.txt": "m" });
    await rm(join(scene.root, ".git/objects", base.slice(0, 2), base.slice(2)));
    await expect(open().findMergeBase("main", "side")).rejects.toThrow("git could not read");
  });
});

it("outside of a repository is told as such", async () => {
  const outside = join(scene.root, "..");
  await writeFile(join(scene.root, "x"), "");
  const revisions = createRevisions({ cwd: outside, env: process.env, experimentsDir: outside });
  const error = await revisions.findCommit("HEAD").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain("is not in a git repository");
  // Comparisons have no flag `--commit` to leave out.
  expect(error).toHaveProperty("remedy", "Run inside the repository that holds the sessions.");
});

it("in a folder outside of the repository are told with the flag that names it", async () => {
  await scene.commit("one", {});
  const error = await open({ experimentsDir: ".." })
    .readSessions("HEAD")
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("is outside the repository");
  expect(error).toHaveProperty("remedy", expect.stringContaining("--experiments-dir"));
});
