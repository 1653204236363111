import { afterEach, describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind } from "../support/github/faults.ts";
import { type CommandScene, createCommandScene } from "./command-scene.ts";

let scene: CommandScene;

afterEach(async () => {
  await scene.github.close();
});

/** Silence costs the client's whole patience; the adapters' own tests have it with a short one. */
const SILENT: ReadonlySet<FaultKind> = new Set(["timeout-before", "timeout-after-apply"]);
const KINDS = FAULT_KINDS.filter((kind) => !SILENT.has(kind));

const CALLS: readonly (readonly [string, RegExp])[] = [
  ["asking who may", /collaborators/],
  ["committing", /createCommitOnBranch/],
  ["posting the report and the reply", /POST .*issues\/1\/comments/],
  ["reacting", /reactions/],
];

describe.each(CALLS)("a fault while %s", (_name, call) => {
  it.each(KINDS)("of kind %s leaves one row, one line and one reply in the end", async (kind) => {
    scene = await createCommandScene();
    const comment = scene.leave("/propose a\nBecause.");
    let seen = 0;
    scene.github.inject({
      kind,
      times: 1,
      retryAfter: 1,
      match: (request) => {
        const text = `${request.method} ${request.path} ${JSON.stringify(request.body ?? "")}`;
        const matches = call.test(text);
        if (matches) seen += 1;
        return matches;
      },
    });
    const first = await scene.deliver(comment);
    expect(seen).toBeGreaterThan(0);
    expect([0, 1]).toContain(first.exitCode);
    if (first.exitCode === 1) expect(first.stdout.match(/::error/g)).toHaveLength(1);
    const second = await scene.deliver(comment);
    expect(second.exitCode).toBe(0);
    expect((await scene.readLog()).match(/^a,/gm)).toHaveLength(1);
    expect((await scene.readLedger()).trim().split("\n")).toHaveLength(2);
    expect(scene.repliesTo(comment)).toHaveLength(1);
    expect(scene.reactionsTo(comment)).toContain("rocket");
    expect(scene.repo.comments(1).filter(({ body }) => body.includes(":report "))).toHaveLength(1);
    await scene.repo.fsck();
  });
});
