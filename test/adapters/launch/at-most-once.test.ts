import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeLedger } from "../../../src/core/command/ledger-codec.ts";
import { LEDGER, queuedFiles } from "../../builders/launching.ts";
import { readLog } from "../../builders/log.ts";
import { xaxStatus } from "../../builders/xax.ts";

const KILLS = 16;
const run = promisify(execFile);

let folder: string;
let script: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "monitor-once-")));
  script = join(folder, "launch.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "launch-process.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    mainFields: ["module", "main"],
    format: "cjs",
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A repository with one queued experiment, whose launch command notes that it was started, works a while and names a job. */
async function openWorkspace(name: string) {
  const root = join(folder, name);
  const session = join(root, "experiments", "mnist");
  await mkdir(session, { recursive: true });
  const starts = join(root, "starts");
  await writeFile(
    join(root, "train.mjs"),
    `import { appendFileSync } from "node:fs";
appendFileSync(${JSON.stringify(starts)}, "started\\n");
await new Promise((resolve) => setTimeout(resolve, 150));
console.log("Queued job-0000012 (x)");`,
  );
  await writeFile(join(root, "status.json"), xaxStatus());
  const settings = {
    objective: { metric: "loss", mode: "min" },
    queue: { status: { file: "status.json" } },
    launch: { command: [process.execPath, "train.mjs", "{args...}"], allow: ["--*=*"] },
  };
  const files = { ...queuedFiles(), "session.yml": JSON.stringify(settings) };
  for (const [file, text] of Object.entries(files)) await writeFile(join(session, file), text);
  return {
    launch: (aheadSeconds = 0) => [script, root, String(aheadSeconds)],
    starts: async () => (await readFile(starts, "utf8").catch(() => "")).split("\n").length - 1,
    outcomes: async () =>
      decodeLedger(await readFile(join(session, LEDGER)), LEDGER).entries.map(
        ({ outcome }) => outcome,
      ),
    log: async () => readLog(await readFile(join(session, "experiment_log.csv"), "utf8")),
  };
}

/** Starts a run that ends by SIGKILL at a moment, unless it has ended by then. */
async function kill(
  argv: readonly string[],
  moment: () => Promise<unknown>,
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, argv, { stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_code, signal) => resolve(signal));
  });
  await Promise.race([moment(), ended]);
  child.kill("SIGKILL");
  return await ended;
}

async function untilStarted(starts: () => Promise<number>): Promise<void> {
  while ((await starts()) === 0) await sleep(5);
}

describe("a run that launches", () => {
  it("and is killed at any moment has started its program at most once, as do all runs after it", async () => {
    const whole = await openWorkspace("whole");
    const started = performance.now();
    await run(process.execPath, whole.launch());
    const wholeMs = performance.now() - started;
    expect(await whole.outcomes()).toEqual(["queued-for-launch", "launching", "launched"]);
    const [signals, ends] = [new Set<NodeJS.Signals | null>(), new Set<string>()];
    for (let at = 1; at <= KILLS; at += 1) {
      const workspace = await openWorkspace(`killed-${at}`);
      // At once, as the program has started, and in between; before the middle is the start of Node.
      const moments: Readonly<Record<number, () => Promise<unknown>>> = {
        1: () => sleep(1),
        2: () => untilStarted(workspace.starts),
      };
      const later = () => sleep(wholeMs * (0.4 + (0.6 * at) / KILLS));
      signals.add(await kill(workspace.launch(), moments[at] ?? later));
      const left = await workspace.outcomes();
      await sleep(250);
      // A lock that a killed run has left is stale after 10 seconds; a later hour is past everything.
      await run(process.execPath, workspace.launch(3600));
      await run(process.execPath, workspace.launch(7200));
      const outcomes = await workspace.outcomes();
      ends.add(`${left.at(-1)} → ${outcomes.at(-1)}`);
      expect(await workspace.starts(), ends.toString()).toBeLessThanOrEqual(1);
      expect(outcomes.filter((outcome) => outcome === "launching")).toHaveLength(1);
      const isLaunched = outcomes.at(-1) === "launched";
      expect(["launched", "launch-unknown"]).toContain(outcomes.at(-1));
      expect((await workspace.log()).cell(0, "status")).toBe(isLaunched ? "queued" : "planned");
    }
    expect(signals).toContain("SIGKILL");
    expect([...ends]).toContain("queued-for-launch → launched");
    expect([...ends]).toContain("launching → launch-unknown");
  }, 300_000);

  it("is one of eight at once, of which one starts the program", async () => {
    const workspace = await openWorkspace("race");
    const runs = Array.from({ length: 8 }, () => run(process.execPath, workspace.launch()));
    const kinds = (await Promise.all(runs)).flatMap(({ stdout }) =>
      (JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind),
    );
    expect(await workspace.starts()).toBe(1);
    expect(kinds.filter((kind) => kind === "launched")).toHaveLength(1);
    expect(await workspace.outcomes()).toEqual(["queued-for-launch", "launching", "launched"]);
  }, 60_000);
});
