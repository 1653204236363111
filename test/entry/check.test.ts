import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCheck } from "../../src/entry/commands/check.ts";
import { createGitScene, type GitScene, LOG } from "../acceptance/git-scene.ts";

test.each(["", " "])("check refuses the empty revision %j instead of reviewing nothing", (base) =>
  expect(runCheck({ base })).rejects.toThrow("--base is empty, expected a branch"),
);

describe("check --base", () => {
  let scene: GitScene;

  beforeEach(async () => {
    scene = await createGitScene();
  });
  afterEach(() => scene.remove());

  /** The exit code, and what was printed. */
  async function check(flags: Parameters<typeof runCheck>[0] = {}) {
    const texts = { stdout: "", stderr: "" };
    const streams = (["stdout", "stderr"] as const).map((name) =>
      vi.spyOn(process[name], "write").mockImplementation((text) => {
        texts[name] += String(text);
        return true;
      }),
    );
    try {
      const experimentsDir = join(scene.root, "experiments");
      return { exitCode: await runCheck({ base: "HEAD", experimentsDir, ...flags }), ...texts };
    } finally {
      for (const stream of streams) stream.mockRestore();
    }
  }

  test.each([
    ["a repeated id", "experiment_id,notes\na,\na,\n", 3],
    ["metrics that are no object", 'experiment_id,metrics_json\na,"[1]"\n', 2],
    ["a conflict marker", "experiment_id,notes\na,\n<<<<<<< ours\n", 3],
  ])("lists and counts the finding of a log with %s, and says it once", async (_, text, line) => {
    await scene.commit("base", { [LOG]: "experiment_id,notes\na,\n" });
    await scene.write(LOG, text);
    const { stdout, exitCode } = await check({ json: true });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { level: "error", code: "log-unreadable", path: LOG, line },
    ]);
    const said = await check();
    expect(said.stdout).toMatch(/^since \w+: 1 error$/m);
    expect(said.stderr.match(/^\S*experiment_log\.csv:|^error: /gm)).toHaveLength(1);
  });

  test("lists the finding of a log that is a symlink, and says it once", async () => {
    await scene.commit("base", { [LOG]: "experiment_id\na\n" });
    await rm(join(scene.root, LOG));
    await symlink("../../elsewhere.csv", join(scene.root, LOG));
    const { stdout, exitCode } = await check({ json: true });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { level: "error", code: "log-unreadable", path: LOG },
    ]);
    expect((await check()).stderr.match(/expected a regular file/g)).toHaveLength(1);
  });

  test("warns of a base that the change mends, and reviews the other sessions", async () => {
    const other = LOG.replace("mnist", "other");
    await scene.commit("base", {
      "elsewhere.csv": "experiment_id\na\n",
      [other]: "experiment_id\na\n",
    });
    await scene.write(LOG, "");
    await rm(join(scene.root, LOG));
    await symlink("../../elsewhere.csv", join(scene.root, LOG));
    await scene.commit("link", {});
    await rm(join(scene.root, LOG));
    await scene.write(LOG, "experiment_id\na\n");
    const mended = await check();
    expect(mended.exitCode).toBe(0);
    expect(mended.stderr).toContain(`${LOG}: warning: the base of the change cannot be read`);
    expect(mended.stderr).not.toContain(`${LOG}: is a symlink`);
    await scene.write(other, "experiment_id\nb\n");
    const edited = await check();
    expect([edited.exitCode, edited.stderr]).toEqual([
      3,
      expect.stringContaining(`${other}:2:1: error: `),
    ]);
  });
});
