import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectNoViolations } from "../../support/github/server.ts";
import {
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

  it("only plans in a dry run and with commit none", async () => {
    const head = await world.repo.head();
    for (const options of [{ dryRun: true }, { commit: "none" as const }]) {
      const update = await world.store(transport, options).update("default", setRows({ b: "2" }));
      expect(update).toMatchObject({ kind: "planned", files: expect.arrayContaining([LOG_PATH]) });
    }
    expect(await world.repo.head()).toBe(head);
  });
});
