import { parseJson } from "../queue/tolerant-json.ts";

/** What a metric may be in `metrics_json`: a number, `null` where it was not finite, or what a person wrote. */
export type MetricValue = unknown;

/** Reads a `metrics_json` cell; an empty cell holds no metrics. The cell has been validated as an object. */
export function decodeMetrics(cell: string): ReadonlyMap<string, MetricValue> {
  if (cell === "") return new Map();
  return new Map(Object.entries(parseJson(cell) as Record<string, MetricValue>));
}

/** Writes metrics as Python's `json.dumps(metrics, sort_keys=True)` does, so that both tools agree. */
export function encodeMetrics(metrics: ReadonlyMap<string, MetricValue>): string {
  const keys = [...metrics.keys()].sort();
  const pairs = keys.map((key) => `${encodeJson(key)}: ${encodeJson(metrics.get(key))}`);
  return pairs.length === 0 ? "" : `{${pairs.join(", ")}}`;
}

/** The cell after merging new values by key; the same cell when no value moved. */
export function mergeMetrics(cell: string, values: ReadonlyMap<string, MetricValue>): string {
  const merged = new Map(decodeMetrics(cell));
  let isMoved = false;
  for (const [key, value] of values) {
    const next = typeof value === "number" && !Number.isFinite(value) ? null : value;
    if (merged.has(key) && encodeJson(merged.get(key)) === encodeJson(next)) continue;
    merged.set(key, next);
    isMoved = true;
  }
  return isMoved ? encodeMetrics(merged) : cell;
}

function encodeJson(value: MetricValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) return "null";
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${encodeJson(key)}: ${encodeJson(inner)}`).join(", ")}}`;
  }
  return escapeNonAscii(JSON.stringify(value ?? null));
}

function escapeNonAscii(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
