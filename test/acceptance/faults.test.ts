import { afterEach, describe, expect, it } from "vitest";
import { AUDIBLE_FAULTS, injectOnce } from "./inject-once.ts";
import { createScene, type Scene } from "./scene.ts";

let scene: Scene;

afterEach(async () => {
  await scene.github.close();
});

/** What a run with nothing wrong leaves behind. */
const CALM = { commits: 2, comments: 1, rows: 8 };

async function stateOf({ repo, readLog }: Scene): Promise<typeof CALM> {
  const log = await readLog();
  return {
    commits: (await repo.log("main")).length,
    comments: (await repo.comments(1)).length,
    rows: log.split("\n").length - 2,
  };
}

const CALLS: readonly (readonly [string, RegExp])[] = [
  ["reading the branch", /query.*(?:defaultBranchRef|ref\()/s],
  ["reading a file", /git\/blobs/],
  ["committing", /createCommitOnBranch/],
  ["reading the comments", /comments\(/],
  ["posting the comment", /(?:POST|PATCH) .*comments|addComment/],
];

describe.each(CALLS)("a fault while %s", (_name, call) => {
  it.each(AUDIBLE_FAULTS)("of kind %s is made good by the next run", async (kind) => {
    scene = await createScene();
    const fault = injectOnce(scene.github, kind, call);
    const first = await scene.run();
    expect(fault.seen()).toBeGreaterThan(0);
    expect([0, 1]).toContain(first.exitCode);
    if (first.exitCode === 1) expect(first.stdout.match(/::error/g)).toHaveLength(1);
    expect(first.stdout).not.toMatch(/<html|<!doctype/i);
    const second = await scene.run();
    expect(second.exitCode).toBe(0);
    expect(await stateOf(scene)).toEqual(CALM);
    await scene.repo.fsck();
  });
});
