// `npm run bench [RUNS]`: ratios of whole processes in one run, against goals. Absolute times are this machine's.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "./generate.mjs";
import { compare, peakMemory, timeProcess } from "./measure.mjs";
import { timeReview } from "./review.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cli = join(root, "dist/cli.cjs");
const action = join(root, "dist/action.cjs");
const floor = join(root, "bench/floor.mjs");
const runs = Number(process.argv[2] ?? 9);
const folder = mkdtempSync(join(tmpdir(), "experiment-monitor-bench-"));

try {
  const small = prepare(10_000);
  say(`Node ${process.version}, ${runs} pairs each, medians`);
  compareWithFloor("sync of 10,000 jobs into 10,000 rows", small, 4, syncArgs(small));
  compareWithFloor("upsert of one row into 10,000", small, 3, upsertArgs());
  compareWithFloor("report of 10,000 rows", small, 3, ["report"]);
  await measureReview(small);
  measureMemory(small);
  measureStart();
  measureSize();
  measureGrowth();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureReview({ data }) {
  const result = await timeReview({ log: join(data, "log.csv"), runs });
  const name = "review of 100 changed rows of 10,000";
  add(name, `${result.ratio.toFixed(2)} × reading both`, "≤ 3", result.ratio <= 3, result);
}

function prepare(count, textLength) {
  const data = join(folder, `${count}-${textLength}`);
  mkdirSync(join(data, "experiments/default"), { recursive: true });
  generate(data, count, textLength);
  return { count, data, log: join(data, "experiments/default/experiment_log.csv") };
}

function fresh({ data, log }) {
  copyFileSync(join(data, "log.csv"), log);
}

function syncArgs({ data }) {
  return ["sync", "--status-json", join(data, "queue.json")];
}

function upsertArgs() {
  return ["upsert", "--experiment-id", "job-0005000", "--notes", "looked at again"];
}

function run(set, args) {
  fresh(set);
  return timeProcess({ args: [cli, ...args], cwd: set.data });
}

function runFloor(set) {
  fresh(set);
  return timeProcess({ args: [floor, set.log, join(set.data, "queue.json")], cwd: set.data });
}

function compareWithFloor(name, set, goal, args) {
  const result = compare({ runs, a: () => run(set, args), b: () => runFloor(set) });
  add(name, `${result.ratio.toFixed(2)} × the floor`, `≤ ${goal}`, result.ratio <= goal, result);
  return result;
}

/** Texts of 100 characters: with longer ones 100,000 rows pass the 100 MB that a log may have. */
function measureGrowth() {
  const [small, large] = [prepare(10_000, 100), prepare(100_000, 100)];
  const result = compare({
    runs: Math.min(runs, 3),
    a: () => run(large, syncArgs(large)),
    b: () => run(small, syncArgs(small)),
  });
  const ratio = result.ratio / 10;
  add(
    "cost per row of that sync at 100,000 rows",
    `${ratio.toFixed(2)} × that at 10,000`,
    "≤ 1.3",
    ratio <= 1.3,
    result,
  );
}

function measureMemory(set) {
  fresh(set);
  const peak = peakMemory({ args: [cli, ...syncArgs(set)], cwd: set.data });
  add("peak memory of that sync at 10,000 rows", `${peak.toFixed(0)} MiB`, "< 150", peak < 150);
}

function measureStart() {
  const bare = () => timeProcess({ args: ["-e", "0"] });
  const env = { GITHUB_REPOSITORY: "", GITHUB_ACTIONS: "true" };
  const first = compare({
    runs: runs * 3,
    a: () => timeProcess({ args: [action], env, exit: 1 }),
    b: bare,
  });
  add(
    "action bundle to its first error",
    `bare + ${first.difference.toFixed(0)} ms`,
    "≤ 46",
    first.difference <= 46,
    first,
  );
  const help = compare({
    runs: runs * 3,
    a: () => timeProcess({ args: [cli, "--help"] }),
    b: bare,
  });
  add(
    "command line --help",
    `bare + ${help.difference.toFixed(0)} ms`,
    "≤ 30",
    help.difference <= 30,
    help,
  );
}

/** What the Action can load: its entry and every chunk reachable from it. */
function measureSize() {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(
      /require\("(\.{1,2}\/[^"]+\.cjs)"/g,
    )) {
      visit(resolve(dirname(file), path));
    }
  };
  visit(action);
  const bytes = [...seen].reduce((sum, file) => sum + statSync(file).size, 0);
  const all = readdirSync(join(root, "dist/chunks")).length;
  add(
    `action bundle (${seen.size} files; dist has ${all} chunks)`,
    `${(bytes / 1e6).toFixed(2)} MB`,
    "< 1.6",
    bytes < 1.6e6,
  );
}

function add(name, figure, goal, isMet, times) {
  const medians =
    times === undefined ? "" : ` (${times.a.toFixed(0)} ms against ${times.b.toFixed(0)} ms)`;
  say(`${isMet ? "met   " : "missed"}  ${name}: ${figure}, goal ${goal}${medians}`);
  if (!isMet) process.exitCode = 1;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
