import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHistory } from "../../../src/adapters/git/history.ts";
import { RefusedError } from "../../../src/core/errors.ts";
import { createGitScene, type GitScene, LOG } from "../../acceptance/git-scene.ts";

const OLD = LOG.replace("mnist", "digits");
const ROWS = Array.from({ length: 20 }, (_, row) => `row ${row}\n`).join("");

let scene: GitScene;

beforeEach(async () => {
  scene = await createGitScene();
});
afterEach(() => scene.remove());

function readLogHistory(session = "mnist") {
  return createHistory({
    cwd: scene.root,
    env: process.env,
    experimentsDir: join(scene.root, "experiments"),
  }).readLogHistory(session);
}

/** Takes an object out of the repository, as a disk that failed does. */
function lose(oid: string): Promise<void> {
  return rm(join(scene.root, ".git/objects", oid.slice(0, 2), oid.slice(2)));
}

describe("the history of a log", () => {
  it("begins at the commit that created it, also when that is the repository's first", async () => {
    const first = await scene.commit("one", { [LOG]: "a\n" });
    const second = await scene.commit("two", { [LOG]: "b\n" });
    const { commits, cutOffAt } = await readLogHistory();
    expect(commits.map(({ commit, parents }) => [commit, parents])).toEqual([
      [first, []],
      [second, [first]],
    ]);
    expect(cutOffAt).toBeUndefined();
  });

  it("goes on under the name that a folder had before", async () => {
    const first = await scene.commit("one", { [OLD]: ROWS });
    scene.git("mv", "experiments/digits", "experiments/mnist");
    const second = await scene.commit("two", { [LOG]: `${ROWS}more\n` });
    const { commits } = await readLogHistory();
    expect(commits.map(({ commit, path }) => [commit, path])).toEqual([
      [first, OLD],
      [second, LOG],
    ]);
    expect(commits[1]?.parents).toEqual([first]);
  });

  it.each(["the rename", "the old name"])(
    "goes on under the old name on one side of a merge, into the side with %s",
    async (into) => {
      const first = await scene.commit("one", { [OLD]: ROWS });
      scene.git("checkout", "-q", "-b", "rename");
      scene.git("mv", "experiments/digits", "experiments/mnist");
      const renamed = await scene.commit("rename", {});
      scene.git("checkout", "-q", "main");
      const edited = await scene.commit("edit", { [OLD]: `${ROWS}more\n` });
      if (into === "the rename") scene.git("checkout", "-q", "rename");
      scene.git("merge", "-q", "--no-edit", into === "the rename" ? "main" : "rename");
      const merged = scene.git("rev-parse", "HEAD");
      const last = await scene.commit("two", { [LOG]: `${ROWS}more and more\n` });
      const { commits } = await readLogHistory();
      const ids = commits.map(({ commit }) => commit);
      expect(ids.toSorted()).toEqual([first, renamed, edited, merged, last].toSorted());
      const parentsOf = (id: string) => commits.find(({ commit }) => commit === id)?.parents;
      expect(parentsOf(merged)?.toSorted()).toEqual([renamed, edited].toSorted());
      expect([parentsOf(renamed), parentsOf(edited)]).toEqual([[first], [first]]);
      for (const { commit, parents } of commits) {
        for (const parent of parents) expect(ids.indexOf(parent)).toBeLessThan(ids.indexOf(commit));
      }
    },
  );

  it("is empty where no commit holds the log", async () => {
    await scene.commit("one", { "train.py": "one\n" });
    expect((await readLogHistory()).commits).toEqual([]);
  });
});

describe("a repository that git cannot read", () => {
  it("is told, not taken for one that never held the log", async () => {
    const first = await scene.commit("one", { [LOG]: "a\n" });
    await scene.commit("two", { "train.py": "one\n" });
    await lose(first);
    const error = await readLogHistory().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect(String(error)).toContain("git could not read");
    expect(error).toHaveProperty("remedy", expect.stringContaining("git fsck"));
  });

  it("is told where it hides the older name of the log, instead of a shorter history", async () => {
    await scene.commit("one", { [OLD]: ROWS });
    const old = scene.git("rev-parse", `HEAD:${OLD}`);
    scene.git("mv", "experiments/digits", "experiments/mnist");
    await scene.commit("two", { [LOG]: `${ROWS}more\n` });
    await lose(old);
    await expect(readLogHistory()).rejects.toThrow("git could not read");
  });
});
