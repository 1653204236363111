import type { Analysis } from "../analysis/analyse.ts";
import { isBetter } from "../analysis/ranking.ts";
import { numberAt } from "../analysis/scan.ts";
import { CAPS } from "./limits.ts";
import type { ChartModel, ChartPoint } from "./model.ts";

/** The values of completed experiments in the order they ended, with the best so far; nothing for fewer than two. */
export function buildChart({ scan, objective }: Analysis): ChartModel | undefined {
  if (scan.ranked.length < 2) return undefined;
  let best: number | undefined;
  const all = scan.ranked.map((row): ChartPoint => {
    const value = drawable(numberAt(scan.values, row));
    if (best === undefined || isBetter(value, best, objective.mode)) best = value;
    return { value, best };
  });
  return { points: thin(all, CAPS.chartPoints), results: all.length };
}

/** Far enough from the largest double that sums and differences of values stay finite. */
const LARGEST = 1e300;

function drawable(value: number): number {
  return Math.min(LARGEST, Math.max(-LARGEST, value));
}

/** Where the best changes, the first point included. */
function stepsOf(points: readonly ChartPoint[]): readonly number[] {
  const steps: number[] = [];
  let best: number | undefined;
  for (const [at, point] of points.entries()) {
    if (point.best !== best) steps.push(at);
    best = point.best;
  }
  return steps;
}

/** Evenly spaced points, and the newest of the steps of the best as far as half the room. */
function thin(points: readonly ChartPoint[], most: number): readonly ChartPoint[] {
  if (points.length <= most) return points;
  const steps = stepsOf(points);
  const kept = new Set([0, points.length - 1, ...steps.slice(-most / 2)]);
  const stride = (points.length - 1) / (most - kept.size);
  for (let place = stride; kept.size < most && place < points.length - 1; place += stride) {
    kept.add(Math.round(place));
  }
  return [...kept]
    .sort((a, b) => a - b)
    .map((at) => points[at])
    .filter((point) => point !== undefined);
}
