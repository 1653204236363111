import type { LedgerEntry } from "../../../src/core/command/ledger.ts";
import { opId } from "../../../src/core/command/op-id.ts";
import { COLUMNS } from "../../../src/core/log/columns.ts";
import { encodeCell } from "../../../src/core/log/encode.ts";
import { ledgerBytes, ledgerEntry } from "../../builders/apply.ts";
import { sha256 } from "../../builders/modes.ts";

/** Files of a session folder by name. */
export type FileBytes = ReadonlyMap<string, Uint8Array>;

export type Row = Readonly<Record<string, string>>;

/** Columns of the session's log: the canonical ones and one that somebody added. */
export const HEADER: readonly string[] = [...COLUMNS, "gpu"];

const DONE = {
  status: "completed",
  objective_metric: "val/loss",
  objective_mode: "min",
  created_at: "2026-03-01T08:00:00Z",
  started_at: "2026-03-01T09:00:00Z",
  ended_at: "2026-03-01T10:00:00Z",
  updated_at: "2026-03-01T10:00:30Z",
};

/**
 * The rows of the session before a change. The record of exp-2 spans lines 3 and 4, so that exp-3 stands in line 5 and
 * any later `exp-N` in line N + 2.
 */
export const ROWS: readonly Row[] = [
  {
    ...DONE,
    experiment_id: "exp-1",
    queue_job_id: "job-1",
    objective_value: "0.41",
    metrics_json: '{"acc": 0.9, "val/loss": 0.41}',
    gpu: "a100",
  },
  {
    ...DONE,
    experiment_id: "exp-2",
    parent_experiment_id: "exp-1",
    objective_value: "0.40",
    hypothesis: "A smaller rate\nfalls more steadily.",
  },
  {
    ...DONE,
    experiment_id: "exp-3",
    parent_experiment_id: "exp-2",
    queue_job_id: "job-3",
    status: "failed",
    metrics_json: '{"acc": 0.2}',
    result_summary: "oom: CUDA out of memory",
  },
  {
    ...DONE,
    experiment_id: "exp-4",
    queue_job_id: "job-4",
    objective_value: "0.39",
    notes: 'looks "good", so far',
  },
  {
    ...DONE,
    experiment_id: "exp-5",
    queue_job_id: "job-5",
    status: "running",
    ended_at: "",
    hypothesis: "Warm-up helps.",
  },
  { ...DONE, experiment_id: "exp-6", status: "queued", started_at: "", ended_at: "" },
  {
    ...DONE,
    experiment_id: "exp-7",
    status: "planned",
    started_at: "",
    ended_at: "",
    hypothesis: "Dropout hurts.",
  },
  { ...DONE, experiment_id: "exp-8", status: "cancelled", started_at: "", ended_at: "" },
  { ...DONE, experiment_id: "exp-9", status: "superseded", objective_value: "0.5" },
];

export const SETTINGS = "objective: { metric: val/loss, mode: min }\n";

/** What was commanded before the change. */
export const ENTRIES: readonly LedgerEntry[] = [
  line("op-propose", '/propose exp-7 hypothesis="Dropout hurts."', {
    experimentId: "exp-7",
    detail: "planned",
  }),
  line("op-note", "/note exp-4 looks good", { experimentId: "exp-4" }),
  line("op-approve", "/approve exp-7", {
    experimentId: "exp-7",
    outcome: "approved",
    detail: "0".repeat(64),
  }),
];

/** A line of the ledger that a command of the command line wrote; the name tells one such command from another. */
export function line(name: string, command: string, rest: Partial<LedgerEntry>): LedgerEntry {
  const commentId = `local-${name}`;
  const operation = { repositoryId: "local", commentId, index: 0, canonical: command };
  const said = { commentId, commentUrl: "", command, at: "2026-03-01T08:00:00Z" };
  return ledgerEntry({ opId: opId(operation, sha256), ...said, ...rest });
}

/** The text of a log. */
export function textOf(
  rows: readonly Row[],
  options: { readonly header?: readonly string[]; readonly lineEnd?: string } = {},
): string {
  const { header = HEADER, lineEnd = "\n" } = options;
  const records = rows.map((row) => header.map((column) => encodeCell(row[column] ?? "")));
  return [header, ...records].map((cells) => cells.join(",") + lineEnd).join("");
}

/** The rows with cells of some of them changed. */
export function withCells(changes: Readonly<Record<string, Row>>, rows = ROWS): readonly Row[] {
  return rows.map((row) => ({ ...row, ...changes[row["experiment_id"] as string] }));
}

/** The files of a session; what is not given is as before the change, and what is `undefined` is absent. */
export function filesWith(
  given: {
    readonly log?: string | readonly Row[] | undefined;
    readonly ledger?: string | readonly LedgerEntry[] | undefined;
    readonly settings?: string | undefined;
    readonly report?: string;
  } = {},
): FileBytes {
  const { log, ledger, settings, report } = {
    log: ROWS,
    ledger: ENTRIES,
    settings: SETTINGS,
    ...given,
  };
  const texts: readonly (readonly [string, Uint8Array | undefined])[] = [
    ["experiment_log.csv", bytesOf(typeof log === "object" ? textOf(log) : log)],
    ["command_log.csv", typeof ledger === "object" ? ledgerBytes(ledger) : bytesOf(ledger)],
    ["session.yml", bytesOf(settings)],
    ["experiment_report.md", bytesOf(report)],
  ];
  return new Map(texts.flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes]])));
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : Buffer.from(text, "utf8");
}

export const LOG_TEXT = textOf(ROWS);
export const LEDGER_TEXT = Buffer.from(ledgerBytes(ENTRIES)).toString("utf8");

/** A new row with the cells of a fresh proposal, under other cells. */
export function newRow(id: string, cells: Row = {}): Row {
  const at = "2026-03-02T08:00:00Z";
  return {
    experiment_id: id,
    status: "planned",
    hypothesis: "It gets better.",
    objective_metric: "val/loss",
    objective_mode: "min",
    created_at: at,
    updated_at: at,
    ...cells,
  };
}
