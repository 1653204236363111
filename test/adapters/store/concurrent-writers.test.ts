import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectNoViolations } from "../../support/github/server.ts";
import {
  createQuickClock,
  LOG_PATH,
  openWorld,
  parseRows,
  setRows,
  TRANSPORTS,
  type World,
} from "./world.ts";

const WRITERS = 16;
const OPERATIONS = 3;

let world: World;

beforeEach(async () => {
  world = await openWorld({ [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n" });
});
afterEach(() => world.close());

function expectedRows(): Map<string, string> {
  const rows = new Map([["first", "1"]]);
  for (let writer = 0; writer < WRITERS; writer += 1) {
    for (let step = 0; step < OPERATIONS; step += 1)
      rows.set(`w${writer}-${step}`, `${writer}.${step}`);
  }
  return rows;
}

async function write(store: ReturnType<World["store"]>, writer: number): Promise<string[]> {
  const commits: string[] = [];
  for (let step = 0; step < OPERATIONS; step += 1) {
    const update = await store.update(
      "default",
      setRows({ [`w${writer}-${step}`]: `${writer}.${step}` }),
    );
    if (update.kind === "committed") commits.push(update.head.commit);
  }
  return commits;
}

describe.each([...TRANSPORTS, "both"] as const)("16 writers over %s", (transport) => {
  it("lose no row, repeat no row and leave one commit for each operation", async () => {
    const clock = createQuickClock(4);
    const stores = Array.from({ length: WRITERS }, (_, writer) => {
      const mixed = TRANSPORTS[writer % 2] ?? "api";
      return world.store(transport === "both" ? mixed : transport, { clock });
    });
    const commits = (await Promise.all(stores.map(write))).flat();

    const log = await world.repo.readFile("main", LOG_PATH);
    const lines = log?.toString().trimEnd().split("\n") ?? [];
    expect(lines).toHaveLength(1 + expectedRows().size);
    const sort = (rows: Map<string, string>) => new Map([...rows].sort());
    expect(sort(parseRows(log))).toEqual(sort(expectedRows()));
    const history = (await world.repo.log("main")).map(({ oid }) => oid);
    expect(history).toHaveLength(1 + WRITERS * OPERATIONS);
    expect(new Set(commits)).toEqual(new Set(history.slice(0, -1)));
    await world.repo.fsck();
    expectNoViolations(world.github);
  }, 300_000);
});
