import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { INPUT_NAMES } from "../../src/core/config/inputs.ts";
import { parseConfig } from "../../src/core/config/parse-config.ts";

function run(script: string, ...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...flags], {
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

test("every workflow is clean for actionlint, GitHub's language service and the house rules", () => {
  const { status, said } = run("scripts/lint-workflows.mjs");
  expect(said).toMatch(/^\d+ workflows checked, 0 findings$/m);
  expect(status).toBe(0);
});

test.each(["scripts/generate-docs.mjs", "scripts/generate-schema.mjs"])(
  "what %s writes is committed",
  (script) => {
    expect(run(script, "--check")).toEqual({ status: 0, said: "" });
  },
);

describe("the workflows to copy", () => {
  const examples = readdirSync("examples/workflows").map((name) => `examples/workflows/${name}`);

  test.each(examples)("%s gives the Action inputs it has, with values it takes", (path) => {
    const workflow = parse(readFileSync(path, "utf8"));
    const steps = Object.values<{ steps: { uses?: string; with?: Record<string, unknown> }[] }>(
      workflow.jobs,
    ).flatMap((job) => job.steps);
    const own = steps.filter(({ uses = "" }) => uses.startsWith("OWNER/experiment-monitor@"));
    expect(own.length).toBeGreaterThan(0);
    for (const { with: inputs = {} } of own) {
      expect(INPUT_NAMES).toEqual(expect.arrayContaining(Object.keys(inputs)));
      parseConfig(
        Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)])),
      );
    }
  });
});
