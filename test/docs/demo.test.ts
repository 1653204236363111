import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createProjectPlayground, type Playground } from "./playground.ts";

let project: Playground;

beforeAll(async () => {
  project = await createProjectPlayground();
});
afterAll(() => project.close());

it("the demo needs neither node_modules nor an identity, and leaves a report and a git log", async () => {
  const started = performance.now();
  const { exitCode, output } = await project.run(
    "rm node_modules && env --unset=GIT_AUTHOR_NAME --unset=GIT_COMMITTER_NAME node scripts/demo.mjs",
  );
  expect(exitCode, output).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(output).toMatch(
    /^▶ 1 running .* best value\/loss 0\.2262 \(wider\), −7\.3 % vs baseline/m,
  );
  expect(output.match(/^[0-9a-f]{7,} demo: /gm)).toHaveLength(9);
  const report = /^Report: +(\S+)$/m.exec(output)?.[1] ?? "";
  expect(existsSync(report)).toBe(true);
});

it("every command the demo shows is one a user can type", async () => {
  const { output } = await project.run("node scripts/demo.mjs");
  const commands = [...output.matchAll(/^\$ (experiment-monitor .+)$/gm)].map(([, line]) => line);
  expect(commands.length).toBeGreaterThan(8);
  const report = /^Report: +(\S+)$/m.exec(output)?.[1] ?? "";
  const script = [
    "set -e",
    `cp "$(dirname "${report}")/../../queue_status.json" .`,
    "git init --quiet",
    ...commands.map((line) => `${line} --experiments-dir "$PWD/typed" >/dev/null`),
    "git log --oneline | wc -l",
  ].join("\n");
  const typed = await project.run(script);
  // The second status holds all of the first, so one commit less than in the demo.
  expect(typed.exitCode, typed.output).toBe(0);
  expect(typed.output.trim().split("\n").at(-1)).toBe("8");
});
