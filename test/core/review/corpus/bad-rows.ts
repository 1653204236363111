import { newRow, ROWS, SETTINGS, withCells } from "../scene.ts";
import { addition, at, cellEdit, type Edit, edit } from "./edit.ts";

const LATER = "2026-03-02T09:00:00Z";

const STATUSES: readonly Edit[] = [
  cellEdit(
    "completed runs again",
    { experiment_id: "exp-1", status: "running" },
    at(2, "status-reopened"),
  ),
  cellEdit(
    "completed is planned again",
    { experiment_id: "exp-4", status: "planned" },
    at(6, "status-reopened"),
  ),
  cellEdit(
    "completed has failed",
    { experiment_id: "exp-4", status: "failed" },
    at(6, "status-reopened"),
  ),
  cellEdit(
    "failed has completed with a value",
    { experiment_id: "exp-3", status: "completed", objective_value: "0.38" },
    at(5, "status-reopened"),
  ),
  cellEdit(
    "cancelled waits again",
    { experiment_id: "exp-8", status: "queued" },
    at(10, "status-reopened"),
  ),
  cellEdit(
    "superseded counts again",
    { experiment_id: "exp-9", status: "completed" },
    at(11, "status-reopened"),
  ),
  cellEdit(
    "a finished status is taken away",
    { experiment_id: "exp-4", status: "" },
    at(6, "status-reopened"),
  ),
  cellEdit(
    "completed runs again without a job",
    {
      experiment_id: "exp-2",
      status: "running",
      started_at: LATER,
      ended_at: "",
      updated_at: LATER,
    },
    at(3, "status-reopened"),
  ),
  cellEdit(
    "failed runs again as another job",
    {
      experiment_id: "exp-3",
      status: "running",
      queue_job_id: "job-33",
      started_at: LATER,
      ended_at: "",
    },
    at(5, "status-reopened"),
  ),
  cellEdit(
    "completed runs again without a start",
    { experiment_id: "exp-4", status: "running", started_at: "", ended_at: "" },
    at(6, "status-reopened"),
  ),
  cellEdit(
    "failed runs again since before it failed",
    { experiment_id: "exp-3", status: "running", started_at: "2026-03-01T09:30:00Z", ended_at: "" },
    at(5, "status-reopened"),
  ),
  cellEdit(
    "running is planned again",
    { experiment_id: "exp-5", status: "planned" },
    at(7, "status-illegal"),
  ),
  cellEdit(
    "running waits again since its start",
    { experiment_id: "exp-5", status: "queued" },
    at(7, "status-illegal"),
  ),
  cellEdit(
    "queued is planned again",
    { experiment_id: "exp-6", status: "planned" },
    at(8, "status-illegal"),
  ),
  cellEdit(
    "a planned status is taken away",
    { experiment_id: "exp-7", status: "" },
    at(9, "status-illegal"),
  ),
];

const RESULTS: readonly Edit[] = [
  cellEdit(
    "a final value is edited",
    { experiment_id: "exp-4", objective_value: "0.3" },
    at(6, "result-edited"),
  ),
  cellEdit(
    "a final value is edited a little",
    { experiment_id: "exp-2", objective_value: "0.401" },
    at(3, "result-edited"),
  ),
  edit(
    "a final value is edited in the last of many digits",
    {
      from: {
        log: [newRow("a", { status: "completed", objective_value: "9007199254740993" })],
      },
      to: { log: [newRow("a", { status: "completed", objective_value: "9007199254740992" })] },
    },
    at(2, "result-edited"),
  ),
  edit(
    "the metric of a final value is another one that reads as the same number",
    {
      from: {
        log: [newRow("a", { status: "completed", objective_metric: "1", objective_value: "0.5" })],
      },
      to: {
        log: [
          newRow("a", { status: "completed", objective_metric: "1.0", objective_value: "0.5" }),
        ],
      },
    },
    at(2, "result-edited"),
  ),
  cellEdit(
    "a final value is taken away",
    { experiment_id: "exp-4", objective_value: "" },
    at(6, "result-edited"),
    at(6, "value-missing"),
  ),
  cellEdit(
    "a final metric is edited",
    { experiment_id: "exp-1", metrics_json: '{"acc": 0.99, "val/loss": 0.41}' },
    at(2, "result-edited"),
  ),
  cellEdit(
    "a final metric is taken away",
    { experiment_id: "exp-1", metrics_json: '{"acc": 0.9}' },
    at(2, "result-edited"),
  ),
  cellEdit(
    "all metrics of a failure are taken away",
    { experiment_id: "exp-3", metrics_json: "" },
    at(5, "result-edited"),
  ),
  cellEdit(
    "the mode of a final value is turned around",
    { experiment_id: "exp-4", objective_mode: "max" },
    at(6, "result-edited"),
  ),
  cellEdit(
    "the metric of a final value is another one",
    { experiment_id: "exp-4", objective_metric: "train/loss" },
    at(6, "result-edited"),
  ),
  cellEdit(
    "the value of a superseded experiment is edited",
    { experiment_id: "exp-9", objective_value: "0.1" },
    at(11, "result-edited"),
  ),
  cellEdit(
    "a note that only speaks of a correction",
    { experiment_id: "exp-1", objective_value: "0.3", notes: "no correction: measured anew" },
    at(2, "result-edited"),
  ),
  edit(
    "a value under a correction of the base",
    {
      from: { log: withCells({ "exp-4": { notes: "correction: measured anew" } }) },
      to: {
        log: withCells({
          "exp-4": { notes: "correction: measured anew", objective_value: "0.38" },
        }),
      },
    },
    at(6, "result-edited"),
  ),
  cellEdit(
    "a correction that says no why",
    { experiment_id: "exp-4", objective_value: "0.38", notes: "correction: " },
    at(6, "result-edited"),
  ),
  cellEdit(
    "a value of a run with an invented job and no end",
    {
      experiment_id: "exp-2",
      queue_job_id: "job-2",
      objective_value: "0.38",
      started_at: "2026-03-01T10:00:01Z",
      ended_at: "",
    },
    at(3, "result-edited"),
  ),
  cellEdit(
    "a value of a run that ended before it began",
    { experiment_id: "exp-4", objective_value: "0.395", started_at: "2026-03-02T09:00:00Z" },
    at(6, "result-edited"),
    at(6, "time-backwards"),
  ),
  cellEdit(
    "a value of a run that ended again",
    {
      experiment_id: "exp-4",
      objective_value: "0.395",
      started_at: "2026-03-02T09:00:00Z",
      ended_at: "2026-03-02T10:00:00Z",
      updated_at: "2026-03-02T10:00:00Z",
    },
    at(6, "result-rerun"),
  ),
  ...["", "2026-03-02T10:00:00Z"].map((ended_at) =>
    cellEdit(
      `a value that is gone since the job waited again and was cancelled${ended_at && " at an instant"}`,
      {
        experiment_id: "exp-4",
        status: "cancelled",
        objective_value: "",
        started_at: "",
        ended_at,
        updated_at: "2026-03-02T10:00:00Z",
      },
      at(6, "result-rerun"),
    ),
  ),
  cellEdit(
    "a metric of a failure is edited",
    { experiment_id: "exp-3", metrics_json: '{"acc": 0.8}' },
    at(5, "metric-changed-late"),
  ),
  edit(
    "a metric is edited where there is no objective",
    {
      from: {
        settings: "paused: false\n",
        log: [
          newRow("a", { status: "completed", objective_metric: "", metrics_json: '{"acc": 1}' }),
        ],
      },
      to: {
        log: [
          newRow("a", { status: "completed", objective_metric: "", metrics_json: '{"acc": 2}' }),
        ],
      },
    },
    at(2, "result-edited"),
  ),
  cellEdit(
    "completed without a value",
    { experiment_id: "exp-5", status: "completed", ended_at: LATER, updated_at: LATER },
    at(7, "value-missing"),
  ),
  edit(
    "the objective of a completed experiment without a value is named",
    {
      from: {
        log: [newRow("a", { status: "completed", objective_metric: "" })],
        settings: "objective: { mode: min }\n",
      },
      to: { log: [newRow("a", { status: "completed", objective_metric: "acc" })] },
    },
    at(2, "value-missing"),
  ),
  addition(
    "a new row that is completed without a value",
    [newRow("exp-10", { status: "completed", objective_metric: "" })],
    at(12, "value-missing"),
  ),
  cellEdit(
    "a value that is no number",
    {
      experiment_id: "exp-5",
      status: "completed",
      objective_value: "0,38",
      ended_at: LATER,
      updated_at: LATER,
    },
    at(7, "value-missing"),
  ),
  cellEdit(
    "a metric is taken away from a value",
    { experiment_id: "exp-5", objective_metric: "", objective_value: "0.4" },
    at(7, "value-without-metric"),
  ),
  edit(
    "a metric is taken away from a value that counts for nothing yet",
    {
      from: { log: [newRow("a", { status: "running", objective_value: "0.4" })] },
      to: {
        log: [newRow("a", { status: "running", objective_value: "0.4", objective_metric: "" })],
      },
    },
    at(2, "value-without-metric"),
  ),
  addition(
    "a value without a metric",
    [newRow("exp-10", { status: "completed", objective_value: "0.4", objective_metric: "" })],
    at(12, "value-without-metric"),
  ),
  cellEdit(
    "a value that is too good",
    {
      experiment_id: "exp-5",
      status: "completed",
      objective_value: "0.0039",
      ended_at: LATER,
      updated_at: LATER,
    },
    at(7, "value-too-good"),
  ),
  edit(
    "a value that is too good by the session's own measure",
    {
      from: { settings: "objective: { metric: val/loss, mode: min, min-delta: 0.0005 }\n" },
      to: { log: [...ROWS, newRow("exp-10", { status: "completed", objective_value: "0.38" })] },
    },
    at(12, "value-too-good"),
  ),
];

const PARENTS: readonly Edit[] = [
  cellEdit(
    "a parent that does not exist",
    { experiment_id: "exp-5", parent_experiment_id: "exp-55" },
    at(7, "parent-missing"),
  ),
  addition(
    "a new row with a parent that does not exist",
    [newRow("exp-10", { parent_experiment_id: "exp-0" })],
    at(12, "parent-missing"),
  ),
  cellEdit(
    "a row that is its own parent",
    { experiment_id: "exp-5", parent_experiment_id: "exp-5" },
    at(7, "parent-itself"),
  ),
  cellEdit(
    "a row that is its grandchild's child",
    { experiment_id: "exp-1", parent_experiment_id: "exp-3" },
    at(2, "parent-cycle"),
  ),
  addition(
    "two new rows that are each other's parents",
    [
      newRow("a", { parent_experiment_id: "b", status: "cancelled" }),
      newRow("b", { parent_experiment_id: "a", status: "cancelled" }),
    ],
    at(12, "parent-cycle"),
  ),
  edit(
    "a parent is gone while its child is changed",
    {
      to: {
        log: withCells({ "exp-5": { parent_experiment_id: "exp-4" } }).filter(
          (row) => row["experiment_id"] !== "exp-4",
        ),
      },
    },
    at(6, "row-deleted"),
    at(6, "parent-missing"),
  ),
];

const TIMES: readonly Edit[] = [
  cellEdit(
    "an end before the start",
    { experiment_id: "exp-5", ended_at: "2026-02-01T00:00:00Z" },
    at(7, "time-backwards"),
  ),
  cellEdit(
    "a start after the end",
    { experiment_id: "exp-4", started_at: "2026-03-01T11:00:00Z" },
    at(6, "time-backwards"),
  ),
  cellEdit(
    "a change before the creation",
    { experiment_id: "exp-6", updated_at: "2026-02-01T00:00:00Z" },
    at(8, "time-backwards"),
    at(8, "time-backwards"),
  ),
  cellEdit(
    "a change that goes back",
    { experiment_id: "exp-6", updated_at: "2026-03-01T09:00:00Z" },
    at(8, "time-backwards"),
  ),
  cellEdit(
    "an end in the future",
    { experiment_id: "exp-5", ended_at: "2999-01-01T00:00:00Z" },
    at(7, "time-future"),
  ),
  addition(
    "a row from the future",
    [newRow("exp-10", { created_at: "2999-01-01T00:00:00Z", updated_at: "" })],
    at(12, "time-future"),
  ),
  cellEdit(
    "a creation that is changed",
    { experiment_id: "exp-6", created_at: "2026-02-28T08:00:00Z" },
    at(8, "created-at-changed"),
  ),
  cellEdit(
    "a creation that is taken away",
    { experiment_id: "exp-6", created_at: "" },
    at(8, "created-at-changed"),
  ),
];

const TEXTS: readonly Edit[] = [
  edit(
    "a hypothesis of a row without a status",
    {
      from: { log: [newRow("a", { status: "" })] },
      to: { log: [newRow("a", { status: "", hypothesis: "It is so." })] },
    },
    at(2, "hypothesis-late"),
  ),
  cellEdit(
    "a hypothesis that is edited while it runs",
    { experiment_id: "exp-5", hypothesis: "Warm-up hurts." },
    at(7, "hypothesis-late"),
  ),
  cellEdit(
    "a hypothesis that fits the result",
    { experiment_id: "exp-1", hypothesis: "It is 0.41." },
    at(2, "hypothesis-late"),
  ),
  cellEdit(
    "a hypothesis that is taken away",
    { experiment_id: "exp-2", hypothesis: "" },
    at(3, "hypothesis-late"),
  ),
  addition(
    "more proposals than may be open",
    [newRow("a"), newRow("b"), newRow("c")],
    at(12, "proposals-above-limit"),
  ),
  edit(
    "a limit of proposals that the change lifts itself",
    {
      to: {
        log: [...ROWS, newRow("a"), newRow("b"), newRow("c")],
        settings: `${SETTINGS}proposals: { max-open: 9 }\n`,
      },
    },
    at(12, "proposals-above-limit"),
    at(2, "settings-changed", "settings"),
  ),
];

/** Edits of cells that a review must object to. */
export const BAD_ROWS: readonly Edit[] = [...STATUSES, ...RESULTS, ...PARENTS, ...TIMES, ...TEXTS];
