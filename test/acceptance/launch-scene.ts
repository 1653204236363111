import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeLedger } from "../../src/core/command/ledger-codec.ts";
import { cellsOf, readLog } from "../builders/log.ts";
import { xaxStatus } from "../builders/xax.ts";
import { type CommandScene, createCommandScene } from "./command-scene.ts";

/** What the launch command does besides putting a job into the queue. */
type Behaviour = "kills-before" | "kills-after" | "";

/** What the launch command was given. */
export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface LaunchSceneOptions {
  /** Lines of `launch` in session.yml besides `command`; absent: an allowed `--lr=*`. */
  readonly launch?: string;
  readonly isPublic?: boolean;
  readonly behaviour?: Behaviour;
}

/** A scene with a queue: its status is a file, and a program puts jobs into it. */
export interface LaunchScene extends CommandScene {
  /** Every start of the launch command so far. */
  starts(): Promise<readonly Start[]>;
  /** Changes the newest job of the queue. */
  moveJob(change: Readonly<Record<string, unknown>>): Promise<void>;
  row(id: string): Promise<Partial<Record<string, string>>>;
  /** Outcomes of the ledger's lines, in order. */
  outcomes(): Promise<readonly string[]>;
  /** Environment of a run whose clock is an hour ahead: what was being launched is abandoned by then. */
  readonly hourAhead: Readonly<Record<string, string>>;
}

/** Stands for `python train.py` with xax's queued launcher. */
const PROGRAM = `
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
const start = { argv: process.argv.slice(2), env: process.env };
appendFileSync("starts.jsonl", JSON.stringify(start) + "\\n");
const behaviour = readFileSync("behaviour", "utf8");
if (behaviour === "kills-before") {
  process.kill(process.ppid, "SIGKILL");
  process.exit(0);
}
const status = JSON.parse(readFileSync("status.json", "utf8"));
const job_id = "job-" + String(status.jobs.length + 1).padStart(7, "0");
status.jobs.push({
  job_id,
  status: "queued",
  launcher: "multi",
  enqueued_at: Date.now() / 1000,
  command: ["train.mjs", ...start.argv].join(" "),
});
writeFileSync("status.json", JSON.stringify(status));
if (behaviour === "kills-after") process.kill(process.ppid, "SIGKILL");
console.log("Queued " + job_id + " (examples.mnist.Mnist) at /runs/" + job_id + " [launcher=multi]");
`;

const AHEAD = `
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [Date.now()] : given)); }
  static now() { return Real.now() + 3_600_000; }
};
`;

const ALLOWED = '  allow: ["--lr=*"]';

export async function createLaunchScene(options: LaunchSceneOptions = {}): Promise<LaunchScene> {
  const files = { "experiments/mnist/session.yml": settingsOf(options), "README.md": "# R\n" };
  const scene = await createCommandScene({
    files,
    status: xaxStatus(),
    private: options.isPublic !== true,
  });
  const place = (name: string) => join(scene.workspace, name);
  await writeFile(place("train.mjs"), PROGRAM);
  await writeFile(place("behaviour"), options.behaviour ?? "");
  await writeFile(place("ahead.cjs"), AHEAD);
  return {
    ...scene,
    starts: async () => {
      const text = await readFile(place("starts.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Start => JSON.parse(line));
    },
    moveJob: async (change) => {
      const status = JSON.parse(await readFile(place("status.json"), "utf8"));
      Object.assign(status.jobs.at(-1), change);
      await writeFile(place("status.json"), JSON.stringify(status));
    },
    row: async (id) => {
      const log = readLog(await scene.readLog());
      return cellsOf(log, log.rowOf(id) ?? -1);
    },
    outcomes: async () => {
      const text = await scene.readLedger();
      const bytes = text === "" ? undefined : Buffer.from(text);
      return decodeLedger(bytes, "ledger").entries.map(({ outcome }) => outcome);
    },
    hourAhead: { NODE_OPTIONS: `--require=${place("ahead.cjs")}` },
  };
}

function settingsOf({ launch = ALLOWED }: LaunchSceneOptions): string {
  const command = [process.execPath, "train.mjs", "--name={op_id}", "--launcher", "queued"];
  return [
    "objective: { metric: value/loss, mode: min }",
    "issue: 1",
    "queue: { status: { file: status.json } }",
    "launch:",
    `  command: ${JSON.stringify([...command, "{args...}"])}`,
    launch,
    "",
  ].join("\n");
}
