import { afterEach, describe, expect, it } from "vitest";
import { expectNoViolations } from "../support/github/server.ts";
import { createScene, type Scene, type SceneOptions } from "./scene.ts";

let scene: Scene;

async function given(options: SceneOptions = {}): Promise<Scene> {
  scene = await createScene(options);
  return scene;
}

afterEach(async () => {
  expectNoViolations(scene.github);
  await scene.github.close();
});

describe.each(["api", "git"])("mode sync over %s", (transport) => {
  it("records the queue, commits once and posts one comment; a second run does nothing", async () => {
    const { run, repo, github, readLog } = await given();
    const first = await run({ transport });
    expect(first.exitCode).toBe(0);
    expect((await readLog()).split("\n")).toHaveLength(10);
    expect(await repo.log("main")).toHaveLength(2);
    expect(await repo.comments(1)).toHaveLength(1);
    expect(first.outputs).toMatchObject({
      changed: "true",
      decision: "synced",
      comment: "created",
    });
    github.reset();
    const second = await run({ transport });
    expect(second.outputs).toMatchObject({
      changed: "false",
      decision: "unchanged",
      comment: "unchanged",
    });
    expect(github.writes()).toBe(0);
    expect(github.reads()).toBeLessThanOrEqual(6);
  });
});
