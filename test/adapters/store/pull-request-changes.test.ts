import { expect, it } from "vitest";
import { createPullRequestChanges } from "../../../src/adapters/store/pull-request-changes.ts";
import { LogError } from "../../../src/core/errors.ts";
import type { BranchHead } from "../../../src/ports/branch-remote.ts";

const FILE = { mode: "100644", type: "blob" } as const;
const LOGS = ["a", "b", "c"].map((session) => `experiments/${session}/experiment_log.csv`);

/** Commits whose files have their commit's name as their object; one file of each cannot be read. */
function changesOf(unreadable: Readonly<Record<string, string>>) {
  return createPullRequestChanges({
    experimentsDir: "experiments",
    pullRequests: { compare: async () => ({ mergeBase: "base" }) as never },
    remote: {
      readCommit: async (_, commit) => {
        const entries = new Map(LOGS.map((path) => [path, { ...FILE, oid: commit }]));
        return { commit, entries } as unknown as BranchHead;
      },
      readFiles: async (head, paths) => {
        const commit = head.entries.get(LOGS[0] as string)?.oid ?? "";
        const path = paths.find((one) => one === unreadable[commit]);
        if (path !== undefined) throw new LogError("is a symlink in git", { path });
        return new Map(paths.map((one) => [one, Buffer.from(commit)]));
      },
    },
  }).readChanges({ number: 1, baseSha: "main", headSha: "head" });
}

it("a session that one side has unreadable keeps no other from being read", async () => {
  const [first, second] = LOGS as [string, string];
  const changes = await changesOf({ base: first, head: second });
  expect(
    changes.map(({ session, base, head, ...why }) => [
      session,
      base.files.size,
      head.files.size,
      Object.keys(why),
    ]),
  ).toEqual([
    ["a", 0, 1, ["unreadableBase"]],
    ["b", 1, 0, ["unreadable"]],
    ["c", 1, 1, []],
  ]);
  expect(changes[0]?.base.folder).toBe("experiments/a");
});
