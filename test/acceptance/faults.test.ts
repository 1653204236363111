import { afterEach, describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind } from "../support/github/faults.ts";
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

/** Silence costs the client's whole patience; the adapters' own tests have it with a short one. */
const SILENT: ReadonlySet<FaultKind> = new Set(["timeout-before", "timeout-after-apply"]);

const CALLS: readonly (readonly [string, RegExp])[] = [
  ["reading the branch", /query.*(?:defaultBranchRef|ref\()/s],
  ["reading a file", /git\/blobs/],
  ["committing", /createCommitOnBranch/],
  ["reading the comments", /comments\(/],
  ["posting the comment", /(?:POST|PATCH) .*comments|addComment/],
];

describe.each(CALLS)("a fault while %s", (_name, call) => {
  it.each(FAULT_KINDS.filter((kind) => !SILENT.has(kind)))(
    "of kind %s is made good by the next run",
    async (kind) => {
      scene = await createScene();
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
      const first = await scene.run();
      expect(seen).toBeGreaterThan(0);
      expect([0, 1]).toContain(first.exitCode);
      if (first.exitCode === 1) expect(first.stdout.match(/::error/g)).toHaveLength(1);
      expect(first.stdout).not.toMatch(/<html|<!doctype/i);
      const second = await scene.run();
      expect(second.exitCode).toBe(0);
      expect(await stateOf(scene)).toEqual(CALM);
      await scene.repo.fsck();
    },
  );
});
