import { expect, it } from "vitest";
import { COLUMNS, type Column, FINISHED, STATUSES } from "../../src/core/log/columns.ts";
import { decodeLog } from "../../src/core/log/decode.ts";
import { createDraft, type LogDraft } from "../../src/core/log/draft.ts";
import { encodeLog } from "../../src/core/log/encode.ts";
import { nextStatus } from "../../src/core/log/transitions.ts";
import { xax } from "../../src/core/queue/xax.ts";
import { defaultSettings } from "../../src/core/session/defaults.ts";
import { applyObservations } from "../../src/core/sync/apply-observations.ts";
import { readPage } from "./pages.ts";

const NOW = "2026-11-23T12:00:00Z";

const JOB = {
  job_id: "job-1",
  status: "failed",
  enqueued_at: 1795401900,
  started_at: 1795401988,
  ended_at: 1795401990,
  task_key: "new-task",
  command: "new command",
  config_path: "new/config.yaml",
  run_dir: "new/run",
  launcher: "new-launcher",
  error: "new error",
  return_code: 1,
  metrics: { acc: 0.5, loss: 0.25 },
};

/** Every cell of a running row, as a person or an earlier sync left it. */
const OLD: Readonly<Record<Column, string>> = {
  experiment_id: "exp",
  parent_experiment_id: "old",
  queue_job_id: "job-1",
  status: "running",
  task_key: "old",
  command: "old",
  config_path: "old",
  run_dir: "old",
  objective_metric: "acc",
  objective_mode: "max",
  objective_value: "0.1",
  metrics_json: '{"old": 1}',
  hypothesis: "old",
  change_summary: "old",
  result_summary: "old",
  next_action: "old",
  started_at: "2020-01-01T00:00:00Z",
  ended_at: "2020-01-01T00:00:00Z",
  created_at: "2020-01-01T00:00:00Z",
  updated_at: "2020-01-01T00:00:00Z",
  owner: "old",
  notes: "old",
};

const rows = tableOf("docs/log.md", "Column");
const writers = new Map(rows.map(([column = "", , writer = ""]) => [column, writer]));

it("README and docs/log.md name every column, in the order of the file", () => {
  expect([...writers.keys()]).toEqual([...COLUMNS]);
  const readme = tableOf("README.md", "Columns").flatMap(([names = ""]) => names.split(", "));
  expect(readme.toSorted()).toEqual([...COLUMNS].toSorted());
});

it("README's table of writers is that of docs/log.md", () => {
  for (const [names = "", writer = ""] of tableOf("README.md", "Columns")) {
    for (const name of names.split(", "))
      expect(`${name}: ${writers.get(name)}`).toBe(`${name}: ${writer}`);
  }
});

it("a sync writes over cells that belong to the queue and over no others", () => {
  const before = draftOf(OLD);
  const after = sync(draftOf(OLD));
  const changed = COLUMNS.filter((column) => before.cell(0, column) !== after.cell(0, column));
  const isOverwritten = (column: Column) =>
    ["the queue", "every change"].includes(writers.get(column) ?? "");
  expect(changed).toEqual([...COLUMNS].filter(isOverwritten));
});

it("a sync fills empty cells that the queue knows, and none that belong to people", () => {
  const empty = Object.fromEntries(COLUMNS.map((column) => [column, ""])) as typeof OLD;
  const after = sync(draftOf({ ...empty, experiment_id: "job-1" }));
  const filled = COLUMNS.filter((column) => after.cell(0, column) !== "");
  const mayFill = (column: Column) => writers.get(column) !== "people";
  // A row that was there already has been created by somebody else.
  const expected = [...COLUMNS].filter((column) => mayFill(column) && column !== "created_at");
  expect(filled).toEqual(expected);
});

it("docs/log.md shows the table of transitions as the code has it", () => {
  const [header = [], ...lines] = tableOf("docs/log.md", "From", { withHeader: true });
  const targets = header.slice(1) as (typeof STATUSES)[number][];
  for (const [from = "", ...cells] of lines) {
    cells.forEach((cell, at) => {
      const to = targets[at] ?? "planned";
      expect(`${from} → ${to}: ${cell}`).toBe(`${from} → ${to}: ${cellOf(from, to)}`);
    });
  }
  expect(lines.map(([from]) => from)).toEqual([...STATUSES]);
});

function cellOf(from: string, to: (typeof STATUSES)[number]): string {
  const source = from as (typeof STATUSES)[number];
  const by = (who: "queue" | "person", isRequeue = false) =>
    nextStatus(source, to, { by: who, isRequeue }).kind === "move";
  if (from === to) return FINISHED.has(source) && by("queue", true) ? "requeue" : "–";
  if (by("queue")) return "yes";
  if (by("person")) return "people";
  return by("queue", true) ? "requeue" : "no";
}

function draftOf(cells: Readonly<Record<Column, string>>): LogDraft {
  const draft = createDraft(decodeLog(new Uint8Array(), "log"));
  const row = draft.append(cells.experiment_id);
  for (const column of COLUMNS) if (cells[column] !== "") draft.set(row, column, cells[column]);
  return createDraft(decodeLog(encodeLog(draft), "log"));
}

function sync(draft: LogDraft): LogDraft {
  const settings = defaultSettings();
  applyObservations(draft, {
    report: xax.parseStatus(JSON.stringify({ jobs: [JOB] }), "status"),
    metrics: new Map(),
    settings: { ...settings, objective: { ...settings.objective, metric: "loss", mode: "min" } },
    now: NOW,
    owner: "new",
    redact: (text) => text,
  });
  return draft;
}

/** Rows of the first table of a page whose first head is `first`. */
function tableOf(
  path: string,
  first: string,
  { withHeader = false } = {},
): readonly (readonly string[])[] {
  const table = readPage(path).tables.find(([header]) => header?.[0] === first) ?? [];
  return withHeader ? table : table.slice(1);
}
