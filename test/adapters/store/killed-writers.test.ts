import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACTIONS_TOKEN } from "../../support/github/server.ts";
import { LOG_PATH, openWorld, parseRows, setRows, TRANSPORTS, type World } from "./world.ts";
import type { WriterOrder } from "./writer-process.ts";

const KILLS = 24;

let world: World;
let script: string;

beforeEach(async () => {
  world = await openWorld({ [LOG_PATH]: "experiment_id,objective_value\nfirst,1\n" });
  script = join(world.tempDir, "writer.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "writer-process.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
});
afterEach(() => world.close());

/** Starts a writer; it ends by itself, or by SIGKILL after some milliseconds. */
async function runWriter(order: WriterOrder, killAfterMs?: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_code, signal) => resolve(signal));
  });
  if (killAfterMs !== undefined) {
    await Promise.race([sleep(killAfterMs), ended]);
    child.kill("SIGKILL");
  }
  return ended;
}

describe.each(TRANSPORTS)("writers over %s that are killed at any moment", (transport) => {
  it("leave a whole record behind, and the next run completes it", async () => {
    const order = (row: number): WriterOrder => ({
      transport,
      apiUrl: world.github.url,
      cloneUrl: world.repo.cloneUrl,
      token: ACTIONS_TOKEN,
      tempDir: world.tempDir,
      rows: { [`row-${row}`]: String(row) },
    });
    const started = performance.now();
    expect(await runWriter(order(0))).toBeNull();
    const wholeMs = performance.now() - started;

    const signals = new Set<NodeJS.Signals | null>();
    for (let row = 1; row <= KILLS; row += 1) {
      signals.add(await runWriter(order(row), (wholeMs * row) / KILLS));
      await world.repo.fsck();
    }
    expect(signals).toContain("SIGKILL");

    for (let row = 0; row <= KILLS; row += 1) {
      await world.store(transport).update("default", setRows({ [`row-${row}`]: String(row) }));
    }
    const log = await world.repo.readFile("main", LOG_PATH);
    expect(log?.toString().trimEnd().split("\n")).toHaveLength(KILLS + 3);
    expect([...parseRows(log).keys()].sort()).toEqual(
      ["first", ...Array.from({ length: KILLS + 1 }, (_, row) => `row-${row}`)].sort(),
    );
    expect(await world.repo.log("main")).toHaveLength(KILLS + 2);
    await world.repo.fsck();
  }, 300_000);
});
