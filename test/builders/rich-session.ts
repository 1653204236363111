import { formatInstant, parseInstant } from "../../src/core/text/time.ts";
import type { Cells } from "./log-table.ts";

/** One experiment: what changed, its parent, its outcome, and how long it ran in minutes. */
interface Step {
  readonly change: string;
  readonly parent?: number;
  readonly value?: number;
  readonly failure?: string;
  readonly minutes?: number;
  readonly next?: string;
}

const START = parseInstant("2026-03-02T07:40:00Z") ?? 0;

const STEPS: readonly Step[] = [
  { change: "baseline", value: 0.4352, next: "try the learning rate" },
  { change: "lr 3e-4 → 1e-4", parent: 1, value: 0.4417 },
  { change: "lr 3e-4 → 6e-4", parent: 1, value: 0.4288, next: "go further up" },
  {
    change: "lr 6e-4 → 1e-3",
    parent: 3,
    failure: "diverged: objective is NaN at step 1200",
    minutes: 18,
  },
  { change: "warmup 500 → 2000", parent: 3, value: 0.4231 },
  { change: "warmup 2000 → 4000", parent: 5, value: 0.4236 },
  { change: "dropout 0.1 → 0.0", parent: 5, value: 0.4302 },
  { change: "dropout 0.1 → 0.2", parent: 5, value: 0.4219 },
  {
    change: "batch 32 → 64",
    parent: 8,
    failure: "oom: CUDA out of memory. Tried to allocate 2.50 GiB",
    minutes: 3,
  },
  { change: "batch 32 → 64, gradient checkpointing", parent: 8, value: 0.4165, minutes: 171 },
  { change: "weight decay 0.01 → 0.05", parent: 10, value: 0.4172, minutes: 168 },
  { change: "weight decay 0.01 → 0.1", parent: 10, value: 0.4149, minutes: 169 },
  { change: "cosine schedule", parent: 12, value: 0.4098, minutes: 170, next: "keep cosine" },
  { change: "cosine, final lr 1e-6", parent: 13, value: 0.4101, minutes: 170 },
  { change: "depth 8 → 12", parent: 13, value: 0.4023, minutes: 236 },
  {
    change: "depth 12 → 16",
    parent: 15,
    failure: "oom: CUDA out of memory. Tried to allocate 1.12 GiB",
    minutes: 4,
  },
  {
    change: "depth 12, width 384 → 512",
    parent: 15,
    failure: "infra: node gpu03 went down",
    minutes: 55,
  },
  { change: "depth 12, width 384 → 512", parent: 15, value: 0.3977, minutes: 262 },
  { change: "width 512 → 640", parent: 18, value: 0.3981, minutes: 301 },
  {
    change: "rotary positions",
    parent: 18,
    value: 0.3942,
    minutes: 265,
    next: "combine with longer context",
  },
  { change: "context 512 → 1024", parent: 20, value: 0.3911, minutes: 318 },
  {
    change: "context 1024 → 2048",
    parent: 21,
    failure: "timeout: 8 h wall limit reached",
    minutes: 480,
  },
  { change: "label smoothing 0.1", parent: 21, value: 0.4055, minutes: 316 },
  { change: "EMA 0.999", parent: 21, value: 0.3874, minutes: 320 },
  { change: "EMA 0.9999", parent: 24, value: 0.3869, minutes: 321 },
  { change: "SpecAugment 2×27", parent: 25, value: 0.3921, minutes: 325 },
  { change: "SpecAugment 2×15", parent: 25, value: 0.3858, minutes: 324 },
  { change: "mixed seeds of the loader", parent: 27, value: 0.3862, minutes: 322 },
  {
    change: "Lion instead of AdamW",
    parent: 27,
    failure: "exit 1: RuntimeError: expected scalar type Half",
    minutes: 2,
  },
  { change: "Lion, float32 states", parent: 27, value: 0.3949, minutes: 338 },
  {
    change: "AdamW β₂ 0.999 → 0.98",
    parent: 27,
    value: 0.3812,
    minutes: 323,
    next: "repeat with another seed",
  },
  { change: "β₂ 0.98 → 0.95", parent: 31, value: 0.3826, minutes: 322 },
  { change: "clip 1.0 → 0.5", parent: 31, value: 0.3819, minutes: 320 },
  { change: "clip 1.0 → 2.0", parent: 31, value: 0.3847, minutes: 324 },
  { change: "warmup 2000 → 8000", parent: 31, value: 0.3833, minutes: 321 },
  { change: "dropout 0.2 → 0.25", parent: 31, value: 0.3841, minutes: 322 },
  { change: "stochastic depth 0.1", parent: 31, value: 0.3815, minutes: 327 },
  { change: "stochastic depth 0.2", parent: 31, value: 0.3838, minutes: 326 },
  { change: "weight decay 0.1 → 0.2", parent: 31, value: 0.3822, minutes: 321 },
  { change: "batch 64 → 96", parent: 31, value: 0.3829, minutes: 371, next: "return to batch 64" },
];

/** A believable session of 46 experiments, two of them running, three queued, one proposed. */
export function richSession(): readonly Cells[] {
  let clock = START;
  const finished = STEPS.map((step, at) => {
    const started = clock;
    clock += (step.minutes ?? 164) * 60 + 240;
    return { ...cellsOf(step, at), ...timesOf(started, clock - 240) };
  });
  const open = openRows(clock);
  const updated_at = open[0]?.updated_at ?? "";
  return [...finished.slice(0, -1), { ...finished.at(-1), updated_at }, ...open];
}

function openRows(now: number): readonly Cells[] {
  const open = (id: number, cells: Cells): Cells => ({
    ...base(id),
    parent_experiment_id: idOf(31),
    created_at: formatInstant(now - 2400),
    updated_at: formatInstant(now - 1200),
    ...cells,
  });
  const updated_at = formatInstant(now + 3660);
  return [
    open(41, {
      status: "running",
      started_at: formatInstant(now - 9300),
      change_summary: "depth 12 → 14",
      updated_at,
    }),
    open(42, {
      status: "running",
      started_at: formatInstant(now + 3600),
      change_summary: "mel bins 80 → 100",
      updated_at,
    }),
    open(43, { status: "queued", change_summary: "seed 2 of exp-031" }),
    open(44, { status: "queued", change_summary: "seed 3 of exp-031" }),
    open(45, { status: "queued", change_summary: "SpecAugment 1×15" }),
    open(46, {
      status: "planned",
      owner: "mira",
      change_summary: "EMA 0.9999 → 0.99995",
      hypothesis:
        "The average still lags behind at the end of the schedule. Expected: 0.379 or better.",
      created_at: updated_at,
      updated_at,
    }),
  ];
}

function cellsOf(step: Step, at: number): Cells {
  return {
    ...base(at + 1),
    status: step.failure === undefined ? "completed" : "failed",
    parent_experiment_id: step.parent === undefined ? "" : idOf(step.parent),
    objective_value: step.value === undefined ? "" : String(step.value),
    change_summary: step.change,
    result_summary: step.failure ?? "",
    next_action: step.next ?? "",
  };
}

function base(number: number): Cells {
  return {
    experiment_id: idOf(number),
    objective_metric: "val/loss",
    objective_mode: "min",
    owner: "agent-7",
  };
}

function timesOf(started: number, ended: number): Cells {
  return {
    started_at: formatInstant(started),
    ended_at: formatInstant(ended),
    created_at: formatInstant(started - 600),
    updated_at: formatInstant(ended + 60),
  };
}

function idOf(number: number): string {
  return `exp-${String(number).padStart(3, "0")}`;
}
