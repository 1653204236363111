import { COLUMNS } from "../../../../src/core/log/columns.ts";
import {
  ENTRIES,
  HEADER,
  LEDGER_TEXT,
  LOG_TEXT,
  line,
  newRow,
  ROWS,
  type Row,
  SETTINGS,
  textOf,
  withCells,
} from "../scene.ts";
import { addition, cellEdit, type Edit, edit } from "./edit.ts";

const LATER = "2026-03-02T09:00:00Z";
const END = "2026-03-02T10:00:00Z";
const AFTER = { ended_at: END, updated_at: END };
const note = line("op-1", "/note exp-4 hi", { experimentId: "exp-4" });
const launch = line("op-2", "/launch exp-7", { experimentId: "exp-7" });
const UNAPPROVED = ENTRIES.filter(({ outcome }) => outcome === "applied");
const first = (id: string, cells: Row) => withCells({ [id]: cells });

const MOVES: readonly Edit[] = [
  cellEdit("planned is queued", {
    experiment_id: "exp-7",
    status: "queued",
    queue_job_id: "job-7",
    updated_at: LATER,
  }),
  cellEdit("planned runs", {
    experiment_id: "exp-7",
    status: "running",
    queue_job_id: "job-7",
    started_at: LATER,
    updated_at: LATER,
  }),
  cellEdit("planned is cancelled", {
    experiment_id: "exp-7",
    status: "cancelled",
    result_summary: "rejected by ann: no",
  }),
  cellEdit("planned is superseded", { experiment_id: "exp-7", status: "superseded" }),
  cellEdit("queued runs", {
    experiment_id: "exp-6",
    status: "running",
    started_at: LATER,
    updated_at: LATER,
  }),
  cellEdit("queued is cancelled", { experiment_id: "exp-6", status: "cancelled" }),
  cellEdit("running completes", {
    experiment_id: "exp-5",
    status: "completed",
    objective_value: "0.388",
    metrics_json: '{"acc": 1}',
    ...AFTER,
  }),
  cellEdit("running completes with a worse value", {
    experiment_id: "exp-5",
    status: "completed",
    objective_value: "9",
    ...AFTER,
  }),
  cellEdit("running fails without a value", {
    experiment_id: "exp-5",
    status: "failed",
    result_summary: "infra: node gone",
    ...AFTER,
  }),
  cellEdit("running is cancelled", { experiment_id: "exp-5", status: "cancelled", ...AFTER }),
  cellEdit("completed is superseded", {
    experiment_id: "exp-2",
    status: "superseded",
    result_summary: "superseded by exp-4",
  }),
  cellEdit("failed is superseded", { experiment_id: "exp-3", status: "superseded" }),
  cellEdit("a note on a queued row", { experiment_id: "exp-6", notes: "see exp-4" }),
  edit("a status is given to a row that has none", {
    from: { log: [newRow("a", { status: "" })] },
    to: { log: [newRow("a", { status: "failed" })] },
  }),
];

const REQUEUES: readonly Edit[] = [
  cellEdit("completed runs again", {
    experiment_id: "exp-4",
    status: "running",
    started_at: LATER,
    ended_at: "",
    updated_at: LATER,
  }),
  cellEdit("failed waits again", {
    experiment_id: "exp-3",
    status: "queued",
    started_at: "",
    ended_at: "",
    result_summary: "",
    updated_at: LATER,
  }),
  cellEdit("failed ran again and completed", {
    experiment_id: "exp-3",
    status: "completed",
    objective_value: "0.4",
    started_at: LATER,
    ...AFTER,
    result_summary: "",
  }),
  cellEdit("running waits again", {
    experiment_id: "exp-5",
    status: "queued",
    started_at: "",
    updated_at: LATER,
  }),
  edit("an experiment without an end runs again", {
    from: { log: [newRow("a", { status: "failed", queue_job_id: "a" })] },
    to: {
      log: [
        newRow("a", { status: "running", queue_job_id: "a", started_at: LATER, updated_at: LATER }),
      ],
    },
  }),
];

const RESULTS: readonly Edit[] = [
  cellEdit("a corrected value", {
    experiment_id: "exp-4",
    objective_value: "0.392",
    notes: "correction: wrong checkpoint",
  }),
  cellEdit("a value corrected in a later line of the notes", {
    experiment_id: "exp-4",
    objective_value: "0.392",
    notes: "looks good\nCorrection: wrong checkpoint",
  }),
  cellEdit("a value corrected by /note", {
    experiment_id: "exp-4",
    objective_value: "0.392",
    notes: "ann (2026-03-02): correction: wrong checkpoint",
  }),
  cellEdit("a corrected metric", {
    experiment_id: "exp-1",
    metrics_json: '{"acc": 0.91, "val/loss": 0.41}',
    notes: "correction: rounded",
  }),
  edit("a value that is corrected once more", {
    from: { log: first("exp-4", { notes: "correction: measured anew" }) },
    to: {
      log: first("exp-4", {
        notes: "correction: measured anew\ncorrection: measured anew",
        objective_value: "0.392",
      }),
    },
  }),
  edit("a result that is forced", {
    to: {
      log: first("exp-4", { objective_value: "0.392" }),
      ledger: [
        ...ENTRIES,
        line("op-3", "/result exp-4 value=0.392 --force", {
          experimentId: "exp-4",
          detail: "forced: objective_value 0.39 → 0.392",
        }),
      ],
    },
  }),
  edit("metrics of a failure by a command", {
    to: {
      log: first("exp-3", { metrics_json: '{"acc": 0.3}' }),
      ledger: [
        ...ENTRIES,
        line("op-3", "/result exp-3 acc=0.3", { experimentId: "exp-3", detail: "metrics_json" }),
      ],
    },
  }),
  cellEdit("a metric is added to a final result", {
    experiment_id: "exp-1",
    metrics_json: '{"acc": 0.9, "f1": 0.8, "val/loss": 0.41}',
  }),
  cellEdit("metrics are written in another order", {
    experiment_id: "exp-1",
    metrics_json: '{"val/loss":0.41,"acc":0.90}',
  }),
  cellEdit("the digits of a value", { experiment_id: "exp-2", objective_value: "0.4" }),
  edit("a value comes late, with newer metrics", {
    from: { log: first("exp-4", { objective_value: "", metrics_json: '{"val/loss": 0.5}' }) },
    to: { log: first("exp-4", { objective_value: "0.39", metrics_json: '{"val/loss": 0.39}' }) },
  }),
  edit("a note on a row that has no value", {
    from: { log: first("exp-4", { objective_value: "" }) },
    to: { log: first("exp-4", { objective_value: "", notes: "the value is lost" }) },
  }),
  edit("completed without a value where there is no objective", {
    from: {
      settings: "paused: false\n",
      log: [newRow("a", { status: "running", objective_metric: "" })],
    },
    to: { log: [newRow("a", { status: "completed", objective_metric: "" })] },
  }),
];

const ROWS_ADDED: readonly Edit[] = [
  addition("a proposal", [newRow("exp-10", { parent_experiment_id: "exp-4" })]),
  addition("as many proposals as may be open", [newRow("a"), newRow("b")]),
  addition("a completed experiment", [
    newRow("exp-10", { status: "completed", objective_value: "0.385" }),
  ]),
  addition("an experiment that failed", [
    newRow("exp-10", { status: "failed", result_summary: "exit 1:" }),
  ]),
  addition("a child and its parent", [newRow("a", { parent_experiment_id: "b" }), newRow("b")]),
  addition("a value of another metric", [
    newRow("a", { status: "completed", objective_metric: "acc", objective_value: "0.0001" }),
  ]),
  addition("a row made by a clock that is two minutes ahead", [
    newRow("a", { created_at: "2026-11-23T09:32:00Z", updated_at: "2026-11-23T09:32:00Z" }),
  ]),
  edit("a row in the middle", { to: { log: ROWS.toSpliced(4, 0, newRow("exp-10")) } }),
  edit("a row behind a last line without a line end", {
    from: { log: LOG_TEXT.trimEnd() },
    to: { log: [...ROWS, newRow("exp-10")] },
  }),
  edit("a sweep", {
    to: {
      log: [...ROWS, newRow("a"), newRow("b"), newRow("c")],
      ledger: [
        ...ENTRIES,
        ...["a", "b", "c"].map((id) =>
          line(`op-${id}`, `/propose ${id} --sweep`, { experimentId: id, detail: "planned" }),
        ),
      ],
    },
  }),
  edit("a proposal beside one that is launched", {
    from: {
      ledger: [
        ...ENTRIES,
        { ...launch, outcome: "queued-for-launch" },
        { ...launch, outcome: "launched", detail: "7" },
      ],
    },
    to: { log: [...ROWS, newRow("a"), newRow("b"), newRow("c")] },
  }),
];

const FILES: readonly Edit[] = [
  edit("nothing", { to: {} }),
  edit("a new session", {
    from: { log: undefined, ledger: undefined, settings: undefined },
    to: {
      log: ROWS,
      ledger: UNAPPROVED,
      settings: `${SETTINGS}launch: { command: [python, t.py] }\n`,
    },
  }),
  edit("a new session with its own limit", {
    from: { log: undefined, ledger: undefined, settings: undefined },
    to: {
      log: [newRow("a"), newRow("b"), newRow("c"), newRow("d")],
      settings: "proposals: { max-open: 4 }\n",
    },
  }),
  edit("a session without a log", {
    from: { log: undefined, ledger: undefined, settings: undefined },
    to: { settings: SETTINGS },
  }),
  edit("the first ledger", { from: { ledger: undefined }, to: { ledger: UNAPPROVED } }),
  edit("a ledger gets its last line end", {
    from: { ledger: LEDGER_TEXT.trimEnd() },
    to: { ledger: LEDGER_TEXT },
  }),
  edit("another setting", { to: { settings: `${SETTINGS}paused: true\n` } }),
  edit("another report", { to: { report: "# Report\n" } }),
  edit("settings that were wrong before", {
    from: { settings: "metrik: x\n" },
    to: { log: [...ROWS, newRow("a")] },
  }),
  edit("settings that are put right", {
    from: { settings: "metrik: x\n" },
    to: { settings: SETTINGS },
  }),
  edit("a log that was unreadable before and is left alone", {
    from: { log: "<<<<<<< x\n" },
    to: { settings: `${SETTINGS}paused: true\n` },
  }),
  edit("a note by a command", {
    to: { log: first("exp-4", { notes: "ann (2026-03-02): hi" }), ledger: [...ENTRIES, note] },
  }),
  edit("a comment that two branches took", {
    from: { ledger: [...ENTRIES, note] },
    to: { ledger: [...ENTRIES, note, { ...note, at: LATER }] },
  }),
  edit("a setting by a command", {
    to: {
      settings: `${SETTINGS}paused: true\n`,
      ledger: [
        ...ENTRIES,
        line("op-4", "/stop enough", { experimentId: "", detail: "paused: enough" }),
      ],
    },
  }),
  edit("a column is added", { to: { log: textOf(ROWS, { header: [...HEADER, "seed"] }) } }),
  edit("columns that an old log lacks", {
    from: { log: textOf(ROWS, { header: ["experiment_id", "status"] }) },
    to: { log: textOf(ROWS, { header: ["experiment_id", "status", ...COLUMNS.slice(4, 9)] }) },
  }),
];

const CELLS: readonly Edit[] = [
  cellEdit("a hypothesis before the launch", {
    experiment_id: "exp-7",
    hypothesis: "Dropout helps.",
  }),
  cellEdit("a next action", {
    experiment_id: "exp-4",
    next_action: 'try, "twice"',
    updated_at: LATER,
  }),
  cellEdit("a summary", { experiment_id: "exp-4", result_summary: "better\nthan before" }),
  cellEdit("an owner", { experiment_id: "exp-4", owner: "ann" }),
  cellEdit("somebody's own column", { experiment_id: "exp-1", gpu: "h100" }),
  cellEdit("a parent", { experiment_id: "exp-4", parent_experiment_id: "exp-2" }),
  cellEdit("a parent that is taken away", { experiment_id: "exp-2", parent_experiment_id: "" }),
  cellEdit("a creation in another zone", {
    experiment_id: "exp-4",
    created_at: "2026-03-01T09:00:00+01:00",
  }),
  edit("a creation that was not known", {
    from: { log: first("exp-4", { created_at: "" }) },
    to: { log: first("exp-4", { created_at: "2026-03-01T08:00:00Z" }) },
  }),
  edit("a child of rows that were each other's ancestors before", {
    from: { log: first("exp-1", { parent_experiment_id: "exp-2" }) },
    to: {
      log: withCells({
        "exp-1": { parent_experiment_id: "exp-2" },
        "exp-4": { parent_experiment_id: "exp-1" },
      }),
    },
  }),
  edit("a hypothesis that is filled in in a log without statuses", {
    from: { log: "experiment_id,hypothesis\na,\n" },
    to: { log: "experiment_id,hypothesis\na,less noise\n" },
  }),
  edit("rows that were wrong before", {
    from: {
      log: withCells({
        "exp-1": { parent_experiment_id: "exp-2" },
        "exp-6": {
          parent_experiment_id: "gone",
          ended_at: "2020-01-01T00:00:00Z",
          started_at: "2999-01-01T00:00:00Z",
        },
      }),
    },
    to: {
      log: withCells({
        "exp-1": { parent_experiment_id: "exp-2", notes: "x" },
        "exp-6": {
          parent_experiment_id: "gone",
          ended_at: "2020-01-01T00:00:00Z",
          started_at: "2999-01-01T00:00:00Z",
          notes: "y",
        },
      }),
    },
  }),
];

/** Edits that a review must not object to. */
export const LEGAL: readonly Edit[] = [
  ...MOVES,
  ...REQUEUES,
  ...RESULTS,
  ...ROWS_ADDED,
  ...FILES,
  ...CELLS,
];
