import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { runCli } from "../support/runner.ts";

const SESSION = "experiments/mnist";

/** Stalls one call of a process to the file system until a file appears, which holds a race open. */
const STALL = `
const fs = require("node:fs");
const { CALL, HERE, GO } = process.env;
const real = fs[CALL];
let isDone = false;
fs[CALL] = (...args) => {
  const isTheOne = CALL === "rmdir"
    ? String(args[0]).endsWith(".experiment-monitor.lock")
    : String(args[1]).endsWith("experiment_log.csv");
  if (isDone || !isTheOne) return real(...args);
  isDone = true;
  fs.writeFileSync(HERE, "");
  const timer = setInterval(() => {
    if (!fs.existsSync(GO)) return;
    clearInterval(timer);
    real(...args);
  }, 5);
};`;

/** Waits until a file is there, for at most that long; tells whether it is. */
async function appears(path: string, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs && !existsSync(path); waited += 10) await pause(10);
  return existsSync(path);
}

it("two writers that meet the lock of a killed process both have their row", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "stale-lock-"));
  const lock = join(cwd, SESSION, ".experiment-monitor.lock");
  await mkdir(lock, { recursive: true });
  await utimes(lock, 1_700_000_000, 1_700_000_000);
  await writeFile(join(cwd, "stall.cjs"), STALL);
  const path = (name: string) => join(cwd, name);
  const upsertStalledAt = (call: string, id: string) =>
    runCli(["upsert", "--experiment-name", "mnist", "--experiment-id", id], {
      cwd,
      env: {
        NODE_OPTIONS: `--require ${path("stall.cjs")}`,
        CALL: call,
        HERE: path(`${id}.here`),
        GO: path(`${id}.go`),
      },
    });
  const removing = upsertStalledAt("rmdir", "removing");
  expect(await appears(path("removing.here"), 10_000)).toBe(true);
  const writing = upsertStalledAt("rename", "writing");
  await appears(path("writing.here"), 1_000);
  await writeFile(path("removing.go"), "");
  await Promise.race([removing, pause(1_500)]);
  await writeFile(path("writing.go"), "");
  expect([(await removing).exitCode, (await writing).exitCode]).toEqual([0, 0]);
  const log = await readFile(join(cwd, SESSION, "experiment_log.csv"), "utf8");
  expect(log).toMatch(/^removing,/m);
  expect(log).toMatch(/^writing,/m);
});
