import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { logText } from "../builders/log.ts";
import { createGitScene, type GitScene, LOG } from "./git-scene.ts";

const OTHER = "experiments/other/experiment_log.csv";
const OLD = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" };

let scene: GitScene;

beforeEach(async () => {
  scene = await createGitScene();
  await scene.commit("base", {
    [LOG]: logText([{ experiment_id: "a", status: "planned", notes: "one", ...OLD }]),
    [OTHER]: logText([{ experiment_id: "x", ...OLD }]),
    "deep/er/file": "x",
  });
  await scene.commit("head", {
    [LOG]: logText([
      { experiment_id: "a", status: "running", notes: "one", ...OLD },
      { experiment_id: "b", status: "planned", ...OLD },
    ]),
  });
});
afterEach(() => scene.remove());

describe("diff", () => {
  it("tells rows and cells that differ between two revisions, from any folder", async () => {
    const end = await scene.cli(["diff", "HEAD~1", "HEAD"], { cwd: "deep/er" });
    expect(end).toMatchObject({ exitCode: 0, stderr: "" });
    expect(end.stdout).toContain("mnist: 1 experiment added, 1 updated, 0 removed");
    expect(end.stdout).toContain("status: planned → running");
    expect(end.stdout).not.toContain("other");
    expect(end.stdout).not.toContain("\u001b");
  });

  it("compares with the working tree, also sessions that are on one side only", async () => {
    await scene.write("experiments/new/experiment_log.csv", logText([{ experiment_id: "n" }]));
    await scene.write("experiments/empty/experiment_log.csv", logText([]));
    scene.git("rm", "-rq", "experiments/other");
    const end = await scene.cli(["diff", "HEAD", "--json", "--exit-code"]);
    expect(end.exitCode).toBe(3);
    const { sessions, ...rest } = JSON.parse(end.stdout);
    expect(rest).toEqual({ base: "HEAD", head: null, differ: true });
    type Told = { session: string; side: string; added: unknown[]; removed: unknown[] };
    expect(
      sessions.map(({ session, side, added, removed }: Told) => [
        session,
        side,
        added.length,
        removed.length,
      ]),
    ).toEqual([
      ["empty", "head", 0, 0],
      ["mnist", "both", 0, 0],
      ["new", "head", 1, 0],
      ["other", "base", 0, 1],
    ]);
  });

  it("is quiet where nothing differs", async () => {
    const end = await scene.cli(["diff", "HEAD", "--exit-code"]);
    expect(end).toMatchObject({ exitCode: 0, stdout: "nothing of the logs changed\n", stderr: "" });
    await scene.write("README.md", "other files do not count");
    expect((await scene.cli(["diff", "HEAD", "--exit-code"])).exitCode).toBe(0);
  });

  it("is markdown where that is asked for, and of one session", async () => {
    const args = ["diff", "HEAD~1", "HEAD", "--markdown", "--experiment-name"];
    expect((await scene.cli([...args, "mnist"])).stdout).toMatch(/\| *`a` *\| *`status` *\|/);
    expect((await scene.cli([...args, "other"])).stdout).toBe("nothing of the logs changed\n");
  });

  it.each([
    [["diff", "nope"], 2, 'There is no commit "nope" in this repository.'],
    [["diff", "--", "--all"], 2, '"--all" is not the name of a revision.'],
    [["diff", "HEAD", "--experiment-name", "mnits"], 2, "Did you mean "],
    [["diff"], 2, "missing required argument 'base'"],
  ])("%j ends with %i and a sentence", async (args, exitCode, sentence) => {
    const end = await scene.cli(args);
    expect(end).toMatchObject({ exitCode, stdout: "" });
    expect(end.stderr).toContain(sentence);
  });

  it("says of which revision a log cannot be read", async () => {
    await scene.commit("torn", { [LOG]: "experiment_id,notes\na\n" });
    await scene.write(LOG, logText([]));
    const end = await scene.cli(["diff", "HEAD"]);
    expect(end.exitCode).toBe(4);
    expect(end.stderr).toContain(`HEAD:${LOG}:2:1: the record has 1 field, the header has 2`);
  });
});

describe("check --base", () => {
  it("finds what a change does that a reviewer should know, at its line", async () => {
    await scene.write(LOG, logText([{ experiment_id: "b", status: "planned", ...OLD }]));
    const end = await scene.cli(["check", "--base", "HEAD"]);
    expect(end.exitCode).toBe(3);
    expect(end.stderr).toMatch(new RegExp(`^${LOG}:\\d+:\\d+: error: .*"a"`, "m"));
    const json = await scene.cli(["check", "--base", "HEAD", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      base: scene.git("rev-parse", "HEAD"),
      findings: [{ code: "row-deleted", level: "error", path: LOG, experiment_id: "a" }],
    });
  });

  it("reviews the branch alone, not what its base has got since", async () => {
    scene.git("checkout", "-q", "-b", "side", "HEAD~1");
    expect((await scene.cli(["check", "--base", "main"])).exitCode).toBe(0);
  });

  it("finds a session that is gone, and ends with 4 where a log cannot be read", async () => {
    scene.git("rm", "-rq", "experiments/other");
    const gone = await scene.cli(["check", "--base", "HEAD"]);
    expect(gone.exitCode).toBe(3);
    expect(gone.stderr).toContain(OTHER);
    await scene.write(LOG, "experiment_id,notes\na\n");
    const torn = await scene.cli(["check", "--base", "HEAD"]);
    expect(torn.exitCode).toBe(4);
    expect(torn.stderr.match(/the record has 1 field/g)).toHaveLength(1);
  });

  it("refuses --log-path, which is no part of a commit", async () => {
    const end = await scene.cli(["check", "--base", "HEAD", "--log-path", LOG]);
    expect(end.exitCode).toBe(2);
  });
});
