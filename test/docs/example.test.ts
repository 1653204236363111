import { afterAll, beforeAll, expect, it } from "vitest";
import { createProjectPlayground, type Playground } from "./playground.ts";

const DEMO = "--experiment-name demo --experiments-dir examples/experiments";

let project: Playground;

beforeAll(async () => {
  project = await createProjectPlayground();
});
afterAll(() => project.close());

it("the example session is valid", async () => {
  const { exitCode, output } = await project.run(
    "experiment-monitor check --experiments-dir examples/experiments",
  );
  expect(exitCode, output).toBe(0);
});

it("the example session holds what its status file says already", async () => {
  const { output } = await project.run(
    `experiment-monitor sync ${DEMO} --status-json examples/status.json`,
  );
  expect(JSON.parse(output)).toMatchObject({ changed: false, warnings: [] });
});

it("the example session has a best experiment, as its workflow expects", async () => {
  const { exitCode, output } = await project.run(
    `experiment-monitor report ${DEMO} >/dev/null && cat examples/experiments/demo/summary.json`,
  );
  expect(exitCode, output).toBe(0);
  const { best } = JSON.parse(output) as { best: { id: string; value: number } | null };
  expect(best?.id).toMatch(/./);
  expect(best?.value).toBeTypeOf("number");
});
