import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CommandScene, createCommandScene } from "./command-scene.ts";

const PROPOSAL = "/propose a\nBecause.";
const PULL_REQUEST = { commit: "pull-request" };

let scene: CommandScene;

beforeEach(async () => {
  scene = await createCommandScene();
});

afterEach(async () => await scene.github.close());

async function expectTaken(): Promise<void> {
  expect(await scene.readLog()).toMatch(/^a,/m);
}

/** Kills the run right after its commit stands. */
function killAfterCommit(): AbortSignal {
  const kill = new AbortController();
  scene.github.inject({
    kind: "timeout-after-apply",
    match: ({ graphqlOperation }) => {
      if (graphqlOperation !== "createCommitOnBranch") return false;
      kill.abort();
      return true;
    },
  });
  return kill.signal;
}

describe("a command waits for nobody else", () => {
  test("whose role GitHub does not tell", async () => {
    scene.leave("/propose x\nWhy.", { user: "zed", role: "read" });
    scene.leave(PROPOSAL);
    scene.github.inject({
      kind: "500",
      times: 50,
      match: ({ path }) => path.includes("/collaborators/zed/"),
    });
    const { exitCode } = await scene.run();
    expect(exitCode).toBe(0);
    await expectTaken();
  });

  test("and not for a queue that cannot be read", async () => {
    const comment = scene.leave(PROPOSAL);
    await rm(join(scene.workspace, "status.json"));
    const { exitCode } = await scene.run();
    expect(exitCode).toBe(1);
    await expectTaken();
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });
});

describe("a command is not lost", () => {
  test("by a re-run of somebody who may not", async () => {
    const comment = scene.leave(PROPOSAL);
    const env = { GITHUB_RUN_ATTEMPT: "2", GITHUB_TRIGGERING_ACTOR: "mallory" };
    const { outputs } = await scene.deliver(comment, { env });
    expect(outputs["decision"]).toBe("refused");
    expect(scene.reactionsTo(comment)).toEqual([]);
    await scene.run();
    await expectTaken();
  });

  test("by a run that commits nothing", async () => {
    const comment = scene.leave(PROPOSAL);
    await scene.deliver(comment, { inputs: { commit: "none" } });
    expect(scene.repliesTo(comment)).toEqual([]);
    expect(scene.reactionsTo(comment)).toEqual([]);
    await scene.run();
    await expectTaken();
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });

  test("on the issue of a form whose proposal an open pull request carries", async () => {
    await scene.run(PULL_REQUEST);
    const form = "### Experiment id\n\na\n\n### Hypothesis\n\nBecause.\n";
    const { number } = await scene.open(form, { inputs: PULL_REQUEST });
    const { result } = await scene.say("/approve a", { issue: number, inputs: PULL_REQUEST });
    expect(result.outputs["decision"]).toBe("applied");
  });
});

describe("a run that was killed after its commit is made good", () => {
  test.each([[{}], [PULL_REQUEST]])(
    "though the comment was edited since, with %j",
    async (inputs) => {
      await scene.run(inputs);
      const comment = scene.leave(PROPOSAL);
      await scene.deliver(comment, { inputs, kill: killAfterCommit() });
      scene.github.reset();
      scene.repo.editComment(comment.id, "/propose a\nBecause of it.");
      await scene.run(inputs);
      expect(scene.repliesTo(comment).join("")).not.toContain("Nothing was applied");
    },
  );

  test("though its author may not any more", async () => {
    const comment = scene.leave(PROPOSAL);
    await scene.deliver(comment, { kill: killAfterCommit() });
    scene.github.reset();
    scene.repo.setPermission("alice", "read");
    await scene.run();
    expect(scene.reactionsTo(comment)).not.toContain("-1");
    expect(scene.repliesTo(comment)).toHaveLength(1);
  });
});
