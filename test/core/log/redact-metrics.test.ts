import { expect, it } from "vitest";
import { redactMetrics } from "../../../src/core/log/redact-metrics.ts";

const redact = (text: string) => text.replaceAll("secret", "***");

it.each<readonly [string, unknown, string, unknown]>([
  ["a name", 1, "a name", 1],
  ["a secret name", null, "a *** name", null],
  ["note", "a secret", "note", "a ***"],
  ["list", [true, "secret", ["secret"]], "list", [true, "***", ["***"]]],
  ["object", { secret: { deep: ["secret", 0.5] } }, "object", { "***": { deep: ["***", 0.5] } }],
])("the metric %j with the value %j is redacted to %j with %j", (name, value, safeName, safe) => {
  expect(redactMetrics(new Map([[name, value]]), redact)).toEqual(new Map([[safeName, safe]]));
});
