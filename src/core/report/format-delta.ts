import { formatChange, formatPercent } from "../analysis/format-number.ts";
import type { Delta } from "../analysis/ranking.ts";
import type { ObjectiveMode } from "../log/columns.ts";

/** How the value itself changed: `−12.4 %` for a loss that fell, in the metric's unit against a reference of 0. */
export function formatDelta({ absolute, relative }: Delta, mode: ObjectiveMode): string {
  const sign = mode === "min" ? -1 : 1;
  return relative === undefined ? formatChange(sign * absolute) : formatPercent(sign * relative);
}

/** The change with ▲ for better and ▼ for worse, whichever the mode. */
export function formatVerdict(delta: Delta, mode: ObjectiveMode): string {
  if (delta.absolute === 0) return "=";
  const change = formatDelta(delta, mode).replace(" ", "\u00a0");
  return `${delta.absolute > 0 ? "▲" : "▼"}\u00a0${change}`;
}
