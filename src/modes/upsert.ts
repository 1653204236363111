import type { Column, Status } from "../core/log/columns.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { createDraft, type LogDraft } from "../core/log/draft.ts";
import { encodeLog } from "../core/log/encode.ts";
import { type MetricValue, mergeMetrics } from "../core/log/metrics-cell.ts";
import { redactMetrics } from "../core/log/redact-metrics.ts";
import type { RowPatch } from "../core/log/table.ts";
import { upsert } from "../core/log/upsert.ts";
import { decodeSessionLog } from "../core/session/decode-session.ts";
import { rowObjective } from "../core/session/row-objective.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { Change } from "../core/sync/change.ts";
import { commitMessage } from "../core/sync/message.ts";
import type { Redactor } from "../core/text/redact.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogStore, Update } from "../ports/log-store.ts";
import { readSettings } from "./session-settings.ts";

export interface UpsertRequest {
  readonly session: string;
  readonly experimentId: string;
  readonly patch: RowPatch;
  /** Merged by key into `metrics_json`. */
  readonly metrics: ReadonlyMap<string, MetricValue>;
  /** Takes secrets and private paths out of what a person wrote. */
  readonly createRedactor: (settings: SessionSettings) => Redactor;
}

export type UpsertMode = "created" | "updated" | "unchanged";

/** Records one experiment, or changes its row, on a person's word. */
export async function upsertExperiment(
  ports: { readonly store: LogStore; readonly clock: Pick<Clock, "now"> },
  request: UpsertRequest,
): Promise<Update<UpsertMode>> {
  const now = ports.clock.now();
  const { experimentId } = request;
  const files = await ports.store.read(request.session, [SESSION_FILES.settings]);
  const settings = await readSettings(files);
  const redact = request.createRedactor(settings);
  const said = redactTexts(request.patch, redact);
  const measured = redactMetrics(request.metrics, redact);
  return await ports.store.update(request.session, (session) => {
    const draft = createDraft(decodeSessionLog(session));
    const row = draft.rowOf(experimentId);
    const metrics = row === undefined ? "" : draft.cell(row, "metrics_json");
    const objective = missingObjective(draft, row, { said, settings });
    const metrics_json = mergeMetrics(metrics, measured);
    const patch = { ...said, ...objective, metrics_json };
    const from = row === undefined ? "" : draft.cell(row, "status");
    const mode = upsert(draft, { experimentId, patch, now });
    const change = describe({ experimentId, mode, from, to: request.patch.status ?? "" });
    return {
      files: new Map([[SESSION_FILES.log, encodeLog(draft)]]),
      message: commitMessage(request.session, [change]),
      value: mode,
    };
  });
}

/** Cells that are no free text: they are checked instead, and an id must be found again as it is. */
const CHECKED: ReadonlySet<string> = new Set([
  "parent_experiment_id",
  "queue_job_id",
  "status",
  "objective_mode",
  "objective_value",
  "started_at",
  "ended_at",
]);

function redactTexts(patch: RowPatch, redact: Redactor): RowPatch {
  const cells = Object.entries(patch).map(([column, text]) => [
    column,
    CHECKED.has(column) ? text : redact(text),
  ]);
  return Object.fromEntries(cells) as RowPatch;
}

/** A value without a metric says nothing: the session's objective stands in where the row names none. */
function missingObjective(
  draft: LogDraft,
  row: number | undefined,
  { said, settings }: { said: RowPatch; settings: SessionSettings },
): RowPatch {
  if (said.objective_value === undefined) return {};
  const known = (column: Column) =>
    said[column] ?? (row === undefined ? "" : draft.cell(row, column));
  const own = { metric: known("objective_metric"), mode: known("objective_mode") };
  const { metric, mode } = rowObjective(own, settings.objective);
  return { objective_metric: metric, objective_mode: mode };
}

function describe(said: {
  readonly experimentId: string;
  readonly mode: UpsertMode;
  readonly from: string;
  readonly to: string;
}): Change {
  const { experimentId, from } = said;
  if (said.mode === "created") {
    return { kind: "added", experimentId, to: (said.to || "planned") as Status };
  }
  if (said.to === "" || said.to === from) return { kind: "updated", experimentId };
  const start = from === "" ? {} : { from: from as Status };
  return { kind: "moved", experimentId, to: said.to as Status, ...start };
}
