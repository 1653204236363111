import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Edit } from "../../../src/ports/log-store.ts";
import { expectNoViolations } from "../../support/github/server.ts";
import {
  createQuickClock,
  LOG_PATH,
  openWorld,
  parseRows,
  readRows,
  setRows,
  TRANSPORTS,
  type World,
} from "./world.ts";

let world: World;

beforeEach(async () => {
  world = await openWorld({
    [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n",
    "experiments/other/session.yml": "issue: 3\n",
    "experiments/notes.md": "not a session\n",
    "experiments/Bad Name/experiment_log.csv": "not a session\n",
    "README.md": "# Loop\n",
  });
});
afterEach(async () => {
  await world.repo.fsck();
  await world.close();
});

describe.each(TRANSPORTS)("a store over %s", (transport) => {
  it("lists the sessions and reads their files", async () => {
    const store = world.store(transport);
    expect(await store.sessions()).toEqual(["default", "other"]);
    const read = await store.read("default");
    expect(read.folder).toBe("experiments/default");
    expect(readRows(read.files)).toEqual(new Map([["first", "1"]]));
    expect((await store.read("new")).files.size).toBe(0);
  });

  it("commits an edit with everything it wrote in one commit", async () => {
    const update = await world.store(transport).update("default", setRows({ second: "2" }));
    expect(update).toMatchObject({ kind: "committed", value: 2 });
    expect(parseRows(await world.repo.readFile("main", LOG_PATH))).toEqual(
      new Map([
        ["first", "1"],
        ["second", "2"],
      ]),
    );
    const report = await world.repo.readFile("main", "experiments/default/experiment_report.md");
    expect(report?.toString()).toBe("2 experiments\n");
    const log = await world.repo.log("main");
    expect(log.map(({ subject }) => subject)).toEqual(["Record second", "Initial commit"]);
    expect(update.kind === "committed" && update.head.commit).toBe(log[0]?.oid);
    expectNoViolations(world.github);
  });

  it("writes nothing when nothing changed", async () => {
    await world.store(transport).update("default", setRows({ second: "2" }));
    world.github.reset();
    const store = world.store(transport);
    expect(await store.sessions()).toContain("default");
    await store.read("default");
    const update = await store.update("default", setRows({ second: "2" }));
    expect(update.kind).toBe("unchanged");
    expect(world.github.writes()).toBe(0);
    expect(await world.repo.log("main")).toHaveLength(2);
  });

  it("looks at the branch anew for an edit that must not miss what others wrote", async () => {
    const store = world.store(transport);
    await store.read("default");
    await world.store(transport).update("default", setRows({ second: "2" }));
    const count: Edit<number> = (session) => ({ ...setRows({})(session), files: new Map() });
    expect(await store.update("default", count)).toMatchObject({ kind: "unchanged", value: 1 });
    const fresh = await store.update("default", count, { isFresh: true });
    expect(fresh).toMatchObject({ kind: "unchanged", value: 2 });
  });

  it("reads the newest files without a write, anew where nothing may be missed", async () => {
    const store = world.store(transport);
    await store.read("default");
    await world.store(transport).update("default", setRows({ second: "2" }));
    const head = await world.repo.head();
    expect([...readRows((await store.readNewest("default")).files).keys()]).toEqual(["first"]);
    const fresh = await store.readNewest("default", { isFresh: true });
    expect([...readRows(fresh.files).keys()]).toEqual(["first", "second"]);
    expect(await world.repo.head()).toBe(head);
  });

  it.each([{}, { commit: "pull-request" as const }])(
    "reads the newest files from the open pull request, given %j",
    async (options) => {
      await world.repo.protect("main", "GH006");
      await world.store(transport).update("default", setRows({ second: "2" }));
      const store = world.store(transport, options);
      expect([...readRows((await store.read("default")).files).keys()]).toEqual(["first"]);
      const newest = await store.readNewest("default");
      expect([...readRows(newest.files).keys()]).toEqual(["first", "second"]);
    },
  );

  it("goes on from the open pull request also when its branch needs no change", async () => {
    await world.repo.protect("main", "GH006");
    await world.store(transport).update("default", setRows({ second: "2" }));
    const seen: string[][] = [];
    const update = await world.store(transport).update("default", (session) => {
      seen.push([...readRows(session.files).keys()]);
      return setRows({})(session);
    });
    expect(seen.at(-1)).toEqual(["first", "second"]);
    expect(update).toMatchObject({
      kind: "unchanged",
      value: 2,
      head: { branch: "experiment-monitor/default" },
    });
  });

  it("only plans in a dry run and with commit none", async () => {
    const head = await world.repo.head();
    for (const options of [{ dryRun: true }, { commit: "none" as const }]) {
      const update = await world.store(transport, options).update("default", setRows({ b: "2" }));
      expect(update).toMatchObject({ kind: "planned", files: expect.arrayContaining([LOG_PATH]) });
    }
    expect(await world.repo.head()).toBe(head);
  });

  it("knows its own commit again when the answer to it was lost", async () => {
    let mutations = 0;
    world.github.inject({
      kind: "502-after-apply",
      match: ({ path }) => {
        if (path === "/graphql") mutations += 1;
        // Over the API, the first GraphQL request reads the head and the second commits.
        return path.endsWith("git-receive-pack") || mutations === 2;
      },
    });
    const progress: string[] = [];
    const store = world.store(transport, { onProgress: (sentence) => progress.push(sentence) });
    const update = await store.update("default", setRows({ second: "2" }));
    expect(update).toMatchObject({ kind: "committed", files: expect.arrayContaining([LOG_PATH]) });
    expect(progress.join()).toContain("unclear");
    expect(await world.repo.log("main")).toHaveLength(2);
    expect(update.kind === "committed" && update.head.commit).toBe(await world.repo.head());
  });

  it("writes nothing when the result would break an invariant", async () => {
    const head = await world.repo.head();
    const store = world.store(transport);
    const lossy = () => ({
      files: new Map([["experiment_log.csv", Buffer.from("experiment_id,objective_value\n")]]),
      message: { headline: "Lose a row", body: "" },
      value: 0,
    });
    await expect(store.update("default", lossy)).rejects.toThrow("the row first would be lost");
    expect(await world.repo.head()).toBe(head);
    expect(world.github.writes()).toBe(0);
  });

  it("never leaves the session's folder", async () => {
    const store = world.store(transport);
    await expect(store.read("../other")).rejects.toMatchObject({ exitCode: 2 });
    const leaving = () => ({
      files: new Map([["../../.github/workflows/evil.yml", Buffer.from("x")]]),
      message: { headline: "Escape", body: "" },
      value: 0,
    });
    await expect(store.update("default", leaving)).rejects.toThrow("no plain file name");
    expect(await world.repo.log("main")).toHaveLength(1);
  });

  it("applies the edit again to what another writer left", async () => {
    const [mine, theirs] = [world.store(transport), world.store(transport)];
    await mine.read("default");
    await theirs.update("default", setRows({ theirs: "1" }));
    await mine.update("default", setRows({ mine: "1" }));
    expect([...parseRows(await world.repo.readFile("main", LOG_PATH)).keys()]).toEqual([
      "first",
      "theirs",
      "mine",
    ]);
  });

  it("gives up after five minutes and says what stood in the way", async () => {
    let now = 0;
    const clock = {
      ...createQuickClock(),
      monotonicMs: () => now,
      sleep: async () => {
        now += 100_000;
      },
    };
    const remote = world.remote(transport);
    const stale = { ...remote, commit: async () => ({ kind: "stale" }) as const };
    const store = world.store(transport, { remote: stale, clock });
    await expect(store.update("default", setRows({ b: "2" }))).rejects.toThrow(
      "The log could not be committed in 4 attempts and 300 s; the last time: The branch main moved.",
    );
  });
});
