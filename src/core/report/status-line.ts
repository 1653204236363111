import { formatNumber } from "../analysis/format-number.ts";
import type { Status } from "../log/columns.ts";
import { formatDelta } from "./format-delta.ts";
import type { ReportModel } from "./model.ts";

const SHOWN: readonly Status[] = [
  "running",
  "queued",
  "planned",
  "completed",
  "failed",
  "cancelled",
];

/**
 * The state of a session in one line of plain text. It holds the metric's name and an id as the log has them:
 * whoever prints it escapes it for the place.
 */
export function renderStatusLine(model: ReportModel): string {
  const sign = model.decision.kind === "stop" ? "■" : "▶";
  return `${sign} ${countsOf(model)} — ${bestOf(model)}`;
}

function countsOf({ counts, stale }: ReportModel): string {
  const parts = SHOWN.filter((status) => counts.get(status)).map(
    (status) => `${counts.get(status)} ${status}`,
  );
  if (stale.length > 0) parts.push(`${stale.length} stale`);
  return parts.length === 0 ? "no experiments" : parts.join(" · ");
}

function bestOf({ best, objective }: ReportModel): string {
  if (best === undefined) return "no result yet";
  const metric = objective.metric === undefined ? "" : `${objective.metric} `;
  const parts = [`best ${metric}${formatNumber(best.value)} (${best.id})`];
  if (best.baselineDelta !== undefined) {
    parts.push(`${formatDelta(best.baselineDelta, objective.mode)} vs baseline`);
  }
  parts.push(best.sinceBest === 0 ? "the newest result" : `${best.sinceBest} since last best`);
  return parts.join(", ");
}
