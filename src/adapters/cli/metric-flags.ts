import { readFile } from "node:fs/promises";
import { InputError } from "../../core/errors.ts";
import type { MetricValue } from "../../core/log/metrics-cell.ts";
import { isObject, parseQueueJson } from "../../core/queue/parse-status-json.ts";
import { parseNumber } from "../../core/text/parse-number.ts";
import { PROTOTYPE_NAMES } from "../../core/text/prototype-names.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import { listFlag, textFlag } from "./flags.ts";
import type { Flags } from "./program.ts";

/**
 * The metrics of `--metrics-json`, `--metrics-json-file` and `--metric`; the last wins. A value of `--metric`
 * that reads as a number is one.
 *
 * @throws {InputError} when they are no JSON object, or no NAME=VALUE
 */
export async function readMetricFlags(flags: Flags): Promise<ReadonlyMap<string, MetricValue>> {
  const json = textFlag(flags, "metricsJson");
  const file = textFlag(flags, "metricsJsonFile");
  if (json !== undefined && file !== undefined) {
    throw new InputError(
      "--metrics-json and --metrics-json-file were both given; pass at most one",
    );
  }
  const pairs = listFlag(flags, "metric").map(parsePair);
  const given = file === undefined ? (json ?? "{}") : await readMetricsFile(file);
  const object = parseQueueJson(given, file ?? "--metrics-json");
  if (!isObject(object)) {
    throw new InputError(`${file ?? "--metrics-json"}: expected a JSON object of metrics`);
  }
  return new Map([...Object.entries(object), ...pairs]);
}

async function readMetricsFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new InputError(`--metrics-json-file: ${quoteUntrusted(file)} cannot be read`, { cause });
  }
}

function parsePair(pair: string): readonly [string, MetricValue] {
  const at = pair.indexOf("=");
  const name = pair.slice(0, Math.max(0, at)).trim();
  const text = pair.slice(at + 1).trim();
  if (name === "" || PROTOTYPE_NAMES.has(name)) {
    throw new InputError(
      `--metric is ${quoteUntrusted(pair)}, expected NAME=VALUE such as acc=0.97`,
    );
  }
  return [name, parseNumber(text) ?? text];
}
