import type { ObjectiveMode } from "../log/columns.ts";
import type { ChartPoint } from "./model.ts";

/** The values a chart shows; those beyond are drawn at its edge. */
export interface ChartRange {
  readonly low: number;
  readonly high: number;
  /** How many values lie beyond. */
  readonly beyond: number;
}

/** How many times the middle half's width a bad value may lie away before it would flatten everything else. */
const FENCE = 4;

/** The range of a chart: every best, and the values but for outliers on the bad side, such as a run that blew up. */
export function chartRange(points: readonly ChartPoint[], mode: ObjectiveMode): ChartRange {
  const values = points.map((point) => point.value).sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? 0;
  const fence = FENCE * (at(0.75) - at(0.25));
  const [from, to] = mode === "min" ? [at(0), at(0.75) + fence] : [at(0.25) - fence, at(1)];
  const inside = values.filter((value) => value >= from && value <= to);
  const [low = 0, high = 0] = [inside[0], inside.at(-1)];
  return { ...padded(low, high), beyond: values.length - inside.length };
}

/** Room around the curve, so that no bar has the height nought. */
function padded(low: number, high: number): { readonly low: number; readonly high: number } {
  const pad = high === low ? Math.abs(high) * 0.05 || 1 : (high - low) * 0.08;
  return { low: low >= 0 ? Math.max(0, low - pad) : low - pad, high: high + pad };
}
