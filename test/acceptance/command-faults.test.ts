import { afterEach, describe, expect, it } from "vitest";
import { type CommandScene, createCommandScene } from "./command-scene.ts";
import { AUDIBLE_FAULTS, injectOnce } from "./inject-once.ts";

let scene: CommandScene;

afterEach(async () => {
  await scene.github.close();
});

const CALLS: readonly (readonly [string, RegExp])[] = [
  ["asking who may", /collaborators/],
  ["committing", /createCommitOnBranch/],
  ["posting the report and the reply", /POST .*issues\/1\/comments/],
  ["reacting", /reactions/],
];

describe.each(CALLS)("a fault while %s", (_name, call) => {
  it.each(AUDIBLE_FAULTS)(
    "of kind %s leaves one row, one line and one reply in the end",
    async (kind) => {
      scene = await createCommandScene();
      const comment = scene.leave("/propose a\nBecause.");
      const fault = injectOnce(scene.github, kind, call);
      const first = await scene.deliver(comment);
      expect(fault.seen()).toBeGreaterThan(0);
      expect([0, 1]).toContain(first.exitCode);
      if (first.exitCode === 1) expect(first.stdout.match(/::error/g)).toHaveLength(1);
      const second = await scene.deliver(comment);
      expect(second.exitCode).toBe(0);
      expect((await scene.readLog()).match(/^a,/gm)).toHaveLength(1);
      expect((await scene.readLedger()).trim().split("\n")).toHaveLength(2);
      expect(scene.repliesTo(comment)).toHaveLength(1);
      expect(scene.reactionsTo(comment)).toContain("rocket");
      expect(scene.repo.comments(1).filter(({ body }) => body.includes(":report "))).toHaveLength(
        1,
      );
      await scene.repo.fsck();
    },
  );
});
