import { formatNumber } from "../analysis/format-number.ts";
import { visibleText } from "../text/escape.ts";
import { formatDelta } from "./format-delta.ts";
import type { ReportModel } from "./model.ts";

/** The text of `badge.json`, an endpoint of https://shields.io/badges/endpoint-badge. */
export function renderBadge(model: ReportModel): string {
  const label = visibleText(`best ${model.objective.metric ?? "value"}`);
  const badge = { schemaVersion: 1, label, message: messageOf(model), color: colourOf(model) };
  return `${JSON.stringify(badge, null, 2)}\n`;
}

function messageOf({ best, objective }: ReportModel): string {
  if (best === undefined) return "no result yet";
  const delta = best.baselineDelta;
  const change = delta === undefined ? "" : ` (${formatDelta(delta, objective.mode)})`;
  return `${formatNumber(best.value)}${change}`;
}

function colourOf({ best, decision }: ReportModel): string {
  if (best === undefined) return "lightgrey";
  if (decision.kind === "continue") return "blue";
  return decision.reason === "target" ? "brightgreen" : "orange";
}
