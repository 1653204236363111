import { describe, expect, test } from "vitest";
import { applyConfig } from "../../../src/core/config/apply-config.ts";
import { parseConfig } from "../../../src/core/config/parse-config.ts";
import { parseSettings } from "../../../src/core/session/parse-settings.ts";

const settings = parseSettings(
  `
objective: { metric: acc, mode: max, target: 0.9, min-delta: 0.01 }
issue: 3
queue: { kind: xax, status: xax status, metrics: xax metrics, source: gpu01 }
`,
  "session.yml",
);

function applied(inputs: Record<string, string>) {
  return applyConfig(settings, parseConfig(inputs));
}

describe("inputs over session.yml", () => {
  test("without inputs the settings stay as they are", () => {
    expect(applied({})).toEqual(settings);
  });

  test("an input wins over the setting it names, and over no other", () => {
    expect(applied({ "objective-mode": "min", issue: "4", queue: "slurm" })).toEqual({
      ...settings,
      issue: 4,
      objective: { ...settings.objective, mode: "min" },
      queue: { ...settings.queue, kind: "slurm" },
    });
    expect(applied({ "objective-metric": "loss", "objective-target": "0" }).objective).toEqual({
      ...settings.objective,
      metric: "loss",
      target: 0,
    });
  });

  test("a status file means that no command is run at all, only a run's own metrics.json is read", () => {
    expect(applied({ "queue-status": "s.json", "queue-command": "xax s" }).queue).toMatchObject({
      status: { kind: "file", path: "s.json" },
      metrics: { kind: "default" },
    });
  });

  test("metrics are asked for beside a status file when an input says how", () => {
    const { metrics } = applied({
      "queue-status": "s.json",
      "metrics-command": "m {queue_job_id}",
    }).queue;
    expect(metrics).toEqual({ kind: "command", argv: ["m", "{queue_job_id}"] });
  });

  test("a status command of an input replaces the one of session.yml", () => {
    expect(applied({ "queue-command": "squeue --json" }).queue).toMatchObject({
      status: { kind: "command", argv: ["squeue", "--json"] },
      metrics: { kind: "command", argv: ["xax", "metrics"] },
    });
  });
});
