// Shows the main job in a temporary git repository: no install, no network, no GitHub, no queue.
// The queue's answers are genuine ones of `xax queue status --json`, with their times moved to now.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLI = join(ROOT, "dist", "cli.cjs");
const SAMPLES = join(ROOT, "test", "fixtures", "xax");
const SESSION = ["--experiment-name", "demo"];

refuseOldNode();
const folder = mkdtempSync(join(tmpdir(), "experiment-monitor-demo-"));
const environment = buildEnvironment();
const start = Date.now() / 1000;

say(`A new git repository: ${folder}`);
say(`experiment-monitor stands for: node ${relative(process.cwd(), CLI) || CLI}`);
runGit(["init", "--quiet"]);
runGit(["symbolic-ref", "HEAD", "refs/heads/main"]);

step("A session is a folder with an objective.");
const objective = ["--objective-metric", "value/loss", "--objective-mode", "min"];
monitor(["start", "--name", "demo", ...objective, "--objective-target", "0.22"]);

step("The queue has finished its first jobs: they become rows of the log.");
putStatus("status-finished");
monitor(["sync", ...SESSION, "--status-json", "queue_status.json"]);

step("Later more jobs are queued, running and done.");
putStatus("status-running");
monitor(["sync", ...SESSION, "--status-json", "queue_status.json"]);

step("The same status again: nothing changed, so there is no commit.");
monitor(["sync", ...SESSION, "--status-json", "queue_status.json"]);

step("Results. The first is the job's own; the others were run by hand.");
recordValue("job-0000001", ["--objective-value", "0.2441", "--metric", "value/acc=0.9679"]);
recordByHand("batch-128", { parent: "job-0000001", value: "0.2317", change: "batch 64 → 128" });
recordByHand("high-lr", { parent: "batch-128", value: "0.2389", change: "lr 1e-3 → 3e-3" });
recordByHand("wider", { parent: "batch-128", value: "0.2262", change: "width 256 → 512" });

step("The next experiment, with what is expected of it before it runs.");
monitor([
  ...["upsert", ...SESSION, "--experiment-id", "wider-cosine", "--status", "planned"],
  ...["--parent-experiment-id", "wider", "--change-summary", "cosine schedule"],
  ...["--hypothesis", "The loss still falls at the end: a decaying rate should reach 0.22."],
]);

step("The report.");
monitor(["report", ...SESSION]);

step("The log and session.yml are valid; a log that is not would never be rewritten.");
monitor(["check"], { commits: false });

step("How the session stands.");
say(readStatusLine());
say("");
say("$ git log --oneline");
say(runGit(["log", "--oneline"]).trimEnd());
say("");
say(`Report:  ${join(folder, "experiments", "demo", "experiment_report.md")}`);
say(`Remove:  rm -r ${folder}`);

function recordByHand(id, { parent, value, change }) {
  recordValue(id, [
    ...["--parent-experiment-id", parent, "--status", "completed", "--change-summary", change],
    ...[...objective, "--objective-value", value],
  ]);
}

function recordValue(id, flags) {
  monitor(["upsert", ...SESSION, "--experiment-id", id, ...flags]);
}

/** Runs a command as a user would type it, and says in one line what came of it. */
function monitor(args, { commits = true } = {}) {
  const all = commits ? [...args, "--commit"] : args;
  say(`$ experiment-monitor ${all.map(quote).join(" ")}`);
  const stdout = run(process.execPath, [CLI, ...all]);
  const line = commits ? describe(JSON.parse(stdout)) : stdout.trimEnd();
  say(`  ${line}`);
  return line;
}

function describe({ mode, rows, added, moved, updated, commit }) {
  const facts = [
    mode,
    rows === undefined ? undefined : `${rows} experiments`,
    added === undefined ? undefined : `${added} added, ${moved} moved, ${updated} updated`,
    commit === undefined ? "no commit" : `commit ${commit.slice(0, 7)}`,
  ];
  return facts.filter((fact) => fact !== undefined).join("; ");
}

/** Writes a sample as the queue's status, its times moved so that the newest was two hours ago. */
function putStatus(name) {
  const newest = Math.max(...instantsOf(readSample("status-running")));
  const shift = Math.round(start - 7200 - newest);
  const moved = JSON.stringify(
    readSample(name),
    (key, value) => (isInstant(key, value) ? value + shift : value),
    2,
  );
  writeFileSync(join(folder, "queue_status.json"), `${moved}\n`);
}

function instantsOf({ jobs }) {
  return jobs.flatMap((job) =>
    Object.entries(job).flatMap(([key, value]) => (isInstant(key, value) ? [value] : [])),
  );
}

function isInstant(key, value) {
  return key.endsWith("_at") && typeof value === "number";
}

function readSample(name) {
  return JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), "utf8"));
}

/** The one line of the report that says how the session stands. */
function readStatusLine() {
  const report = readFileSync(join(folder, "experiments/demo/experiment_report.md"), "utf8");
  return /^\*\*(.+)\*\*$/m.exec(report)?.[1] ?? "";
}

function runGit(args) {
  return run("git", args);
}

function run(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  if (error?.code === "ENOENT") fail(`${program} is not on PATH; the demo needs git and Node.`);
  if (status !== 0) fail(`${program} ${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}

/** The reader's own git settings, hooks and signing keys have no part in this. */
function buildEnvironment() {
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(foreign),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Demo",
    GIT_AUTHOR_EMAIL: "demo@example.org",
    GIT_COMMITTER_NAME: "Demo",
    GIT_COMMITTER_EMAIL: "demo@example.org",
  };
}

function refuseOldNode() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20)
    fail(`Node ${process.versions.node} is too old; the demo needs Node 20 or newer.`);
}

function quote(argument) {
  return /^[\w./:=@%+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

function step(title) {
  say("");
  say(`# ${title}`);
}

function say(line) {
  console.log(line);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
