// Realistic data for the benchmark: N rows of 22 columns with texts of about 200 characters (commas, quotes, line
// breaks, 3 % outside ASCII) and 8 metrics, and N jobs of which 90 % are in the log already. Deterministic.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const HEADER =
  "experiment_id,parent_experiment_id,queue_job_id,status,task_key,command,config_path,run_dir,objective_metric,objective_mode,objective_value,metrics_json,hypothesis,change_summary,result_summary,next_action,started_at,ended_at,created_at,updated_at,owner,notes";
const WORDS =
  "learning rate warm-up batch size hidden dropout layer norm attention head weight decay cosine schedule gradient clip seed augment mixup label smoothing optimiser momentum precision checkpoint validation loss accuracy improves slightly when we lower raise keep swap the first last block".split(
    " ",
  );

/**
 * Writes `log.csv` and `queue.json` for `count` rows into a folder.
 *
 * @param textLength characters of each of the three texts of a row
 */
export function generate(folder, count, textLength = 190) {
  const random = createRandom(count);
  const rows = Array.from({ length: count }, (_, at) => row(at, random, textLength));
  writeFileSync(join(folder, "log.csv"), `${HEADER}\r\n${rows.join("\r\n")}\r\n`);
  const jobs = Array.from({ length: count }, (_, at) => job(at + Math.floor(count / 10), random));
  writeFileSync(join(folder, "queue.json"), `${JSON.stringify(status(jobs), null, 2)}\n`);
}

function row(at, random, textLength) {
  const id = `job-${String(at + 1).padStart(7, "0")}`;
  const isPlanned = at % 20 === 19;
  const start = 1_790_000_000 + at * 60;
  const metrics = Array.from({ length: 8 }, (_, metric) => [
    `"value/m${metric}"`,
    random().toFixed(12),
  ]);
  const cells = [
    id,
    at > 10 ? `job-${String(at - 9).padStart(7, "0")}` : "",
    isPlanned ? "" : id,
    rowStatus(at),
    "examples.mnist.Mnist",
    `python train.py --lr=${random().toFixed(5)} --seed=${at}`,
    `/home/ml/runs/mnist/run_${at}/config.yaml`,
    `/home/ml/runs/mnist/run_${at}`,
    "value/loss",
    "min",
    rowStatus(at) === "completed" ? random().toFixed(6) : "",
    `{${metrics.map((pair) => pair.join(": ")).join(", ")}}`,
    text(random, textLength),
    text(random, textLength),
    text(random, textLength),
    "",
    isPlanned ? "" : iso(start),
    isPlanned ? "" : iso(start + 1800),
    iso(start - 10),
    iso(start + 1801),
    "ml",
    "multi",
  ];
  return cells.map(encode).join(",");
}

function rowStatus(at) {
  if (at % 20 === 19) return "planned";
  return at % 4 === 0 ? "failed" : "completed";
}

function job(at, random) {
  const start = 1_790_000_000 + at * 60;
  return {
    child_pids: [],
    config_path: `/home/ml/runs/mnist/run_${at}/config.yaml`,
    ended_at: start + 1800 + random() / 2,
    enqueued_at: start - 10.25,
    error: at % 4 === 0 ? "Exited with return code 1" : null,
    job_id: `job-${String(at + 1).padStart(7, "0")}`,
    launcher: "multi",
    observer_log_path: `/home/ml/runs/mnist/run_${at}/queue_observer.log`,
    oom_detected: false,
    pid: null,
    process_group_id: null,
    python_executable: "/home/ml/venv/bin/python",
    queue_index: null,
    return_code: at % 4 === 0 ? 1 : 0,
    run_dir: `/home/ml/runs/mnist/run_${at}`,
    stage_dir: `/home/ml/runs/mnist/run_${at}/code`,
    started_at: start + random() / 2,
    status: at % 4 === 0 ? "failed" : "completed",
    task_key: "examples.mnist.Mnist",
  };
}

function status(jobs) {
  return {
    jobs,
    observer: {
      hostname: "gpu01",
      pid: 1,
      started_at: 1.5,
      status: "idle",
      updated_at: 1_790_000_000.5,
    },
    observer_active: true,
    paths: {},
    queue: [],
    running_job_id: null,
  };
}

function text(random, length) {
  let said = "";
  while (said.length < length) said += `${WORDS[Math.floor(random() * WORDS.length)]} `;
  if (random() < 0.6) said = said.replace(" ", ' "quoted" ');
  if (random() < 0.4) said = said.replace(/(.{90}) /, "$1\n");
  if (random() < 0.03) said = said.replace("e", "é");
  return said.trim().replace(/(.{50}) /, "$1, ");
}

function encode(cell) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function iso(seconds) {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}

/** mulberry32: small, seeded, good enough for words. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
