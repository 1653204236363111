import { parseJson, replaceWords } from "../text/tolerant-json.ts";

/** What a metric may be in `metrics_json`: a number, `null` where it was not finite, or what a person wrote. */
export type MetricValue = unknown;

/** Reads a `metrics_json` cell; an empty cell holds no metrics. The cell has been validated as an object. */
export function decodeMetrics(cell: string): ReadonlyMap<string, MetricValue> {
  if (cell === "") return new Map();
  return new Map(Object.entries(parseJson(cell) as Record<string, MetricValue>));
}

/**
 * The cell after merging new values by key; the same cell when no value moved. Keys are sorted and texts escaped
 * as Python's `json.dumps(metrics, sort_keys=True)` does. A value that did not move keeps the digits it was
 * written with: Python's whole numbers have more of them than JavaScript reads. What is not finite becomes `null`.
 */
export function mergeMetrics(cell: string, values: ReadonlyMap<string, MetricValue>): string {
  const known = decodeMetrics(cell);
  const moved = [...values].filter(
    ([key, value]) => !known.has(key) || !isSameMetric(known.get(key), value),
  );
  if (moved.length === 0) return cell;
  const texts = moved.map(([key, value]) => [key, encodeJson(value)] as const);
  return encodeMembers(new Map([...splitMembers(cell), ...texts]));
}

/** Whether two values are written alike; what is not finite is `null`. */
export function isSameMetric(one: MetricValue, other: MetricValue): boolean {
  return encodeJson(one) === encodeJson(other);
}

/** Key → the value as it is compared with that of another cell: written alike, a large whole number with all its digits. */
export function comparableMetrics(cell: string): ReadonlyMap<string, string> {
  const texts = splitMembers(cell);
  return new Map(
    [...decodeMetrics(cell)].map(([key, value]) => {
      const text = String(texts.get(key));
      const isRounded =
        typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(text);
      return [key, isRounded ? text : encodeJson(value)];
    }),
  );
}

/** Writes members whose values are JSON already. */
export function encodeMembers(members: ReadonlyMap<string, string>): string {
  const keys = [...members.keys()].sort();
  return `{${keys.map((key) => `${encodeJson(key)}: ${members.get(key)}`).join(", ")}}`;
}

const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\],:]/g;

/** Key → the value's JSON as it stands in a valid cell, its `NaN` and `Infinity` as `null`. */
export function splitMembers(cell: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let key: string | undefined;
  let start = 0;
  for (const { 0: token, index } of cell.matchAll(TOKEN)) {
    if (depth === 1 && key !== undefined && (token === "," || token === "}")) {
      members.set(
        key,
        replaceWords(cell.slice(start, index).trim(), () => "null"),
      );
      key = undefined;
    } else if (depth === 1 && key === undefined && token.startsWith('"')) {
      key = JSON.parse(token) as string;
    } else if (depth === 1 && token === ":") {
      start = index + 1;
    }
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
  }
  return members;
}

/** A value as Python writes it in JSON. */
function encodeJson(value: MetricValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) return "null";
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${encodeJson(key)}: ${encodeJson(inner)}`).join(", ")}}`;
  }
  return escapeNonAscii(JSON.stringify(value));
}

function escapeNonAscii(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
