import type { MetricValue } from "./metrics-cell.ts";

/** Metrics that a person wrote, redacted: a name or a text within a value, at any depth, is a text like any other. */
export function redactMetrics(
  metrics: ReadonlyMap<string, MetricValue>,
  redact: (text: string) => string,
): ReadonlyMap<string, MetricValue> {
  return new Map([...metrics].map(([name, value]) => [redact(name), redactValue(value, redact)]));
}

function redactValue(value: MetricValue, redact: (text: string) => string): MetricValue {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [redact(key), redactValue(item, redact)]));
}
