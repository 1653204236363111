import type { LogDraft } from "../log/draft.ts";
import type { JobMetrics, Observation, QueueReport } from "../queue/observation.ts";
import type { SessionSettings } from "../session/settings.ts";
import { PROTOTYPE_NAMES } from "../text/prototype-names.ts";

/** What a sync knows besides the log. */
export interface SyncInput {
  readonly report: QueueReport;
  /** Metrics by job id, for the jobs they were read for. */
  readonly metrics: ReadonlyMap<string, JobMetrics>;
  readonly settings: SessionSettings;
  /** Written to rows without an owner. */
  readonly owner?: string;
  /** The present instant, ISO 8601. */
  readonly now: string;
  /** Takes secrets and private paths out of a text. */
  readonly redact: (text: string) => string;
}

/** One job meeting its row. */
export interface RowEdit {
  readonly draft: LogDraft;
  readonly row: number;
  readonly observation: Observation;
  readonly input: SyncInput;
  /** The row was finished before and stays so: what it says is only added to. */
  readonly isSettled: boolean;
}

/** The job's metrics, with keys that may stand in a log. */
export function metricsOf({ observation, input }: RowEdit): JobMetrics | undefined {
  const metrics = input.metrics.get(observation.jobId) ?? observation.metrics;
  if (metrics === undefined) return undefined;
  const named = [...metrics].filter(([key]) => !PROTOTYPE_NAMES.has(key));
  return new Map(named.map(([key, value]) => [input.redact(key), value]));
}

/** A row and the settings of its session. */
interface RowWithSettings extends Pick<RowEdit, "draft" | "row"> {
  readonly input: Pick<SyncInput, "settings">;
}

/** The name of the row's objective: what the row says, else the session; empty when neither names one. */
export function objectiveOf({ draft, row, input }: RowWithSettings): string {
  return draft.cell(row, "objective_metric") || (input.settings.objective.metric ?? "");
}

/**
 * Whether a finished row still waits for its job's last metrics: it has none, or only some from the middle of
 * the run and no value of its objective.
 */
export function lacksMetrics(edit: RowWithSettings): boolean {
  const { draft, row } = edit;
  if (draft.isEmpty(row, "metrics_json")) return true;
  return objectiveOf(edit) !== "" && draft.isEmpty(row, "objective_value");
}
