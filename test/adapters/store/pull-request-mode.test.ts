import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileVersions } from "../../../src/adapters/store/context.ts";
import type { BranchRemote } from "../../../src/ports/branch-remote.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import { mergeRows, readRows } from "./rows.ts";
import { LOG_PATH, openWorld, parseRows, setRows, TRANSPORTS, type World } from "./world.ts";

const SETTINGS_PATH = "experiments/default/session.yml";
const LEDGER_PATH = "experiments/default/command_log.csv";
const BRANCH = "experiment-monitor/default";

let world: World;

beforeEach(async () => {
  world = await openWorld({
    [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n",
    "src/train.py": "print(1)\n",
  });
});
afterEach(async () => {
  await world.repo.fsck();
  await world.close();
});

const openPulls = () => world.repo.issues().filter(({ state, pull }) => pull && state === "open");
const rowsOn = async (branch: string) => parseRows(await world.repo.readFile(branch, LOG_PATH));

const textOn = async (branch: string, path: string) =>
  (await world.repo.readFile(branch, path))?.toString();
/** Rows of both sides, and the settings of the pull request's branch. */
const mergeSettings = (versions: FileVersions) => {
  const settings = versions.ours.get("session.yml") ?? new Uint8Array();
  return new Map([...mergeRows(versions), ["session.yml", settings]]);
};
/** Rows and ledger lines of both sides. */
const mergeLedgers = (versions: FileVersions) => {
  const lines = [versions.theirs, versions.ours].map(
    (files) => files.get("command_log.csv") ?? new Uint8Array(),
  );
  return new Map([...mergeRows(versions), ["command_log.csv", Buffer.concat(lines)]]);
};

describe.each(TRANSPORTS)("pull-request mode over %s", (transport) => {
  it.each(["GH006", "GH013"] as const)("carries the log when %s refuses pushes", async (rule) => {
    await world.repo.protect("main", rule);
    const head = await world.repo.head("main");
    const update = await world.store(transport).update("default", setRows({ second: "2" }));
    expect(update).toMatchObject({ kind: "committed", head: { branch: BRANCH } });
    expect(update.kind === "committed" && update.pullRequest?.number).toBe(openPulls()[0]?.number);
    expect(await rowsOn(BRANCH)).toEqual(
      new Map([
        ["first", "1"],
        ["second", "2"],
      ]),
    );
    expect(await world.repo.head("main")).toBe(head);
    expect(openPulls()).toHaveLength(1);
    expectNoViolations(world.github);
  });

  it("opens no second pull request and writes nothing when it runs again", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    const [head, base] = [await world.repo.head(BRANCH), await world.repo.head("main")];
    world.github.reset();
    const again = world.store(transport, { commit: "pull-request" });
    expect(await again.update("default", setRows({ b: "2" }))).toMatchObject({ kind: "unchanged" });
    expect(world.github.writes()).toBe(0);
    expect([await world.repo.head(BRANCH), await world.repo.head("main")]).toEqual([head, base]);
    expect(openPulls()).toHaveLength(1);
  });

  it("adds to the open pull request", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ c: "3" }));
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
    expect(openPulls()).toHaveLength(1);
  });

  it("takes in the base when the session moved there", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    await world.repo.commitFiles("main", {
      [LOG_PATH]: "experiment_id,objective_value\nfirst,1\nperson,9\n",
      "src/train.py": "print(2)\n",
    });
    const update = await world
      .store(transport, { commit: "pull-request" })
      .update("default", setRows({ c: "3" }));
    expect(update.kind).toBe("committed");
    expect(await rowsOn(BRANCH)).toEqual(
      new Map([
        ["first", "1"],
        ["person", "9"],
        ["b", "2"],
        ["c", "3"],
      ]),
    );
    expect((await world.repo.readFile(BRANCH, "src/train.py"))?.toString()).toBe("print(2)\n");
    const [merge] = await world.repo.log(BRANCH);
    expect(merge?.parents).toHaveLength(2);
    expect(merge?.parents[1]).toBe(await world.repo.head("main"));
    expect(openPulls()).toHaveLength(1);
    expectNoViolations(world.github);
  });

  it.each([
    ["a file of the repository", "src/train.py"],
    ["a file of their own in the session's folder", "experiments/default/notes.md"],
    ["the settings, which the base changed too", SETTINGS_PATH],
  ])("keeps what people changed on its branch: %s", async (_what, path) => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    await world.repo.commitFiles(BRANCH, { [path]: "a reviewer's\n" });
    await world.repo.commitFiles("main", { [SETTINGS_PATH]: "issue: 2\n" });
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ c: "3" }));
    expect(await textOn(BRANCH, path)).toBe("a reviewer's\n");
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
    expect((await world.repo.log(BRANCH))[0]?.parents).toHaveLength(1);
  });

  it("keeps the log and the settings of its branch when an edit writes neither", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    await world.repo.commitFiles(BRANCH, { [SETTINGS_PATH]: "a reviewer's\n" });
    const moved = { [LOG_PATH]: "experiment_id,objective_value\nfirst,1\nperson,9\n" };
    await world.repo.commitFiles("main", moved);
    const store = world.store(transport, {
      commit: "pull-request",
      mergeFiles: mergeSettings,
      assertSafe: () => undefined,
    });
    await store.update("default", () => ({
      files: new Map([["experiment_report.md", Buffer.from("a report\n")]]),
      message: { headline: "Refresh", body: "" },
      value: 0,
    }));
    expect((await world.repo.log(BRANCH))[0]?.parents).toHaveLength(2);
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "person", "b"]);
    expect(await textOn(BRANCH, SETTINGS_PATH)).toBe("a reviewer's\n");
  });

  it("takes in a base that holds people's changes of its branch already", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    for (const branch of [BRANCH, "main"]) {
      await world.repo.commitFiles(branch, { "src/train.py": "print(2)\n" });
    }
    await world.repo.commitFiles("main", { [SETTINGS_PATH]: "issue: 2\n" });
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ c: "3" }));
    expect((await world.repo.log(BRANCH))[0]?.parents).toHaveLength(2);
    expect(await textOn(BRANCH, SETTINGS_PATH)).toBe("issue: 2\n");
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
  });

  it("takes in a base whose ledger grew when that of its branch did, too", async () => {
    const options = { commit: "pull-request" } as const;
    await world.store(transport, options).update("default", setRows({ b: "2" }));
    await world.repo.commitFiles(BRANCH, { [LEDGER_PATH]: "ours\n" });
    await world.repo.commitFiles("main", { [LEDGER_PATH]: "theirs\n" });
    const told: string[] = [];
    await world
      .store(transport, {
        ...options,
        mergeFiles: mergeLedgers,
        onProgress: (text) => told.push(text),
      })
      .update("default", setRows({ c: "3" }));
    expect(told).not.toContainEqual(expect.stringContaining("only a person can merge"));
    expect((await world.repo.log(BRANCH))[0]?.parents).toHaveLength(2);
    expect(await textOn(BRANCH, LEDGER_PATH)).toBe("theirs\nours\n");
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
  });

  it("leaves the base alone when only other files moved there", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    await world.repo.commitFiles("main", { "src/train.py": "print(2)\n" });
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ c: "3" }));
    const [newest] = await world.repo.log(BRANCH);
    expect(newest?.parents).toHaveLength(1);
  });

  it("opens the next pull request after the last one was merged", async () => {
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ b: "2" }));
    const first = openPulls()[0]?.number ?? 0;
    await world.repo.mergePull(first);
    const idle = world.store(transport, { commit: "pull-request" });
    expect((await idle.update("default", setRows({ b: "2" }))).kind).toBe("unchanged");
    expect(openPulls()).toHaveLength(0);
    await world.store(transport, { commit: "pull-request" }).update("default", setRows({ c: "3" }));
    expect(openPulls().map(({ number }) => number)).not.toContain(first);
    expect(openPulls()).toHaveLength(1);
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
  });

  it.each([
    ["is gone", true],
    ["is still there", false],
  ])(
    "opens no second pull request when its branch was merged after the base was read, and %s",
    async (_, isGone) => {
      const options = { commit: "pull-request" } as const;
      await world.store(transport, options).update("default", setRows({ b: "2" }));
      const store = world.store(transport, options);
      await store.read("default");
      await world.repo.mergePull(openPulls()[0]?.number ?? 0);
      if (isGone) await world.repo.deleteBranch(BRANCH);
      const update = await store.update("default", setRows({}));
      expect(update).toMatchObject({ kind: "unchanged", value: 2 });
      expect(openPulls()).toHaveLength(0);
    },
  );

  it("works on the base as it is now when another branch came, was merged and went meanwhile", async () => {
    const remote = world.remote(transport);
    const moved = { [LOG_PATH]: "experiment_id,objective_value\nfirst,1\nb,2\n" };
    const late: BranchRemote = {
      ...remote,
      createBranch: async (branch, commit) => {
        const creation = await remote.createBranch(branch, commit);
        await world.repo.commitFiles("main", moved);
        return creation;
      },
    };
    const seen: string[][] = [];
    await world
      .store(transport, { commit: "pull-request", remote: late })
      .update("default", (session) => {
        seen.push([...readRows(session.files).keys()]);
        return setRows({ c: "3" })(session);
      });
    expect(seen).toEqual([["first"], ["first", "b"]]);
    expect([...(await rowsOn(BRANCH)).keys()]).toEqual(["first", "b", "c"]);
  });

  it("creates the pull request that a crash left out", async () => {
    await world.repo.createBranch(BRANCH);
    await world.repo.commitFiles(BRANCH, {
      [LOG_PATH]: "experiment_id,objective_value\nfirst,1\nb,2\n",
      "experiments/default/experiment_report.md": "2 experiments\n",
    });
    const update = await world
      .store(transport, { commit: "pull-request" })
      .update("default", setRows({ b: "2" }));
    expect(update).toMatchObject({ kind: "committed" });
    expect(openPulls()).toHaveLength(1);
  });

  it("refuses with the remedy when only pushes are asked for", async () => {
    await world.repo.protect("main", "GH013");
    const store = world.store(transport, { commit: "push" });
    await expect(store.update("default", setRows({ b: "2" }))).rejects.toMatchObject({
      exitCode: 5,
      remedy: expect.stringContaining("pull-request"),
    });
    expect(await world.repo.branches()).toEqual(["main"]);
  });

  it("only plans in a dry run", async () => {
    const store = world.store(transport, { commit: "pull-request", dryRun: true });
    expect(await store.update("default", setRows({ b: "2" }))).toMatchObject({ kind: "planned" });
    expect(await world.repo.branches()).toEqual(["main"]);
    expect(openPulls()).toHaveLength(0);
  });

  it("lets four runs at once end in one branch and one pull request", async () => {
    const ids = ["a", "b", "c", "d"];
    await Promise.all(
      ids.map((id) =>
        world
          .store(transport, { commit: "pull-request" })
          .update("default", setRows({ [id]: "1" })),
      ),
    );
    expect([...(await rowsOn(BRANCH)).keys()].sort()).toEqual([...ids, "first"].sort());
    expect(openPulls()).toHaveLength(1);
  });
});
