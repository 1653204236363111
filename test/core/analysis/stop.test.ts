import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/core/analysis/analyse.ts";
import { selectDecision } from "../../../src/core/analysis/decision.ts";
import type { Objective, SessionSettings } from "../../../src/core/session/settings.ts";
import { type Cells, logTable } from "../../builders/log-table.ts";
import { sessionSettings } from "../../builders/report.ts";

const OOM: Cells = { status: "failed", result_summary: "oom: CUDA out of memory" };
const INFRA: Cells = { status: "failed", result_summary: "infra: node went down" };
const result = (value: number, cells: Cells = {}): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
  ...cells,
});
const hours = (from: number, to: number): Cells => ({
  started_at: `2026-03-01T0${from}:00:00Z`,
  ended_at: `2026-03-01T0${to}:00:00Z`,
});

interface Given {
  readonly objective?: Partial<Objective>;
  readonly stop?: Partial<SessionSettings["stop"]>;
  readonly paused?: boolean;
}

function analysisOf(rows: readonly Cells[], { objective, stop, paused }: Given) {
  const settings = sessionSettings({
    objective: { metric: "loss", mode: "min", sameTask: false, ...objective },
    stop: { patience: 3, ...stop },
    paused: paused ?? false,
  });
  return analyse(logTable(rows), settings);
}

function criterion(name: string, rows: readonly Cells[], given: Given) {
  return analysisOf(rows, given).criteria.find((one) => one.criterion === name);
}

describe("the target", () => {
  const given = { objective: { target: 0.3 } };

  test("is met by reaching it exactly", () => {
    expect(criterion("target", [result(0.3)], given)).toMatchObject({
      met: true,
      value: 0.3,
      threshold: 0.3,
      margin: 0,
      sentence: "The best value reached the target of 0.3.",
    });
  });

  test("says how far it is, and by how much it was passed", () => {
    expect(criterion("target", [result(0.4)], given)).toMatchObject({
      met: false,
      margin: 0.1,
      sentence: "The best value is 0.1 short of the target of 0.3.",
    });
    expect(criterion("target", [result(0.25)], given)).toMatchObject({
      met: true,
      margin: -0.05,
      sentence: "The best value passed the target of 0.3 by 0.05.",
    });
  });

  test("is above for max", () => {
    const max = { objective: { mode: "max" as const, target: 0.9 } };
    expect(criterion("target", [result(0.8, { objective_mode: "max" })], max)).toMatchObject({
      met: false,
      margin: 0.1,
    });
    expect(criterion("target", [result(0.95, { objective_mode: "max" })], max)?.met).toBe(true);
  });

  test("is open without a result", () => {
    expect(criterion("target", [OOM], given)).toMatchObject({
      met: false,
      value: undefined,
      margin: undefined,
      sentence: "No result to hold against the target of 0.3 yet.",
    });
  });
});

describe("max-experiments", () => {
  test("counts completed, failed and running ones, but no infra failure", () => {
    const rows = [
      result(1),
      OOM,
      INFRA,
      { status: "running" },
      { status: "queued" },
      { status: "planned" },
      { status: "cancelled" },
    ];
    expect(criterion("max-experiments", rows, { stop: { maxExperiments: 4 } })).toEqual({
      criterion: "max-experiments",
      met: false,
      value: 3,
      threshold: 4,
      margin: 1,
      sentence: "3 of 4 experiments were started, 1 left.",
    });
    expect(criterion("max-experiments", rows, { stop: { maxExperiments: 3 } })).toMatchObject({
      met: true,
      margin: 0,
    });
  });
});

describe("max-hours", () => {
  test("adds up run times, of running ones to the newest instant, without infra failures", () => {
    const rows = [
      result(1, hours(0, 2)),
      { ...INFRA, ...hours(0, 9) },
      { ...OOM, ...hours(2, 3) },
      { status: "running", started_at: "2026-03-01T03:30:00Z", updated_at: "2026-03-01T04:00:00Z" },
    ];
    expect(criterion("max-hours", rows, { stop: { maxHours: 3.6 } })).toMatchObject({
      met: false,
      value: 3.5,
      margin: 0.1,
    });
    expect(criterion("max-hours", rows, { stop: { maxHours: 3.5 } })?.met).toBe(true);
  });

  test("counts nothing for an experiment whose times are unknown", () => {
    expect(
      criterion("max-hours", [result(1), result(2, hours(0, 1))], { stop: { maxHours: 5 } }),
    ).toEqual({
      criterion: "max-hours",
      met: false,
      value: 1,
      threshold: 5,
      margin: 4,
      sentence: "The experiments ran for 1 of 5 hours, 4 left.",
    });
  });
});

describe("max-failures", () => {
  const given = { stop: { maxFailures: 2 } };

  test("counts failures after the last completed one", () => {
    expect(criterion("max-failures", [OOM, OOM, result(1), OOM], given)).toMatchObject({
      met: false,
      value: 1,
    });
    expect(
      criterion("max-failures", [result(1), OOM, { status: "cancelled" }, OOM], given),
    ).toMatchObject({ met: true, value: 2 });
  });

  test("says how many are left", () => {
    expect(criterion("max-failures", [OOM], given)?.sentence).toBe(
      "1 of 2 failures in a row, 1 left.",
    );
    expect(criterion("max-failures", [OOM, OOM], given)?.sentence).toBe(
      "2 of 2 failures in a row.",
    );
  });

  test("does not count what still runs", () => {
    expect(criterion("max-failures", [OOM, { status: "running" }], given)?.value).toBe(1);
    expect(criterion("max-failures", [result(1), { status: "running" }], given)?.value).toBe(0);
  });

  test("is not interrupted and not filled by infra failures", () => {
    expect(criterion("max-failures", [OOM, INFRA, OOM], given)?.value).toBe(2);
    expect(criterion("max-failures", [INFRA, INFRA, INFRA], given)?.value).toBe(0);
  });

  test("goes by the end, not by the order of rows", () => {
    const rows = [{ ...OOM, ...hours(1, 5) }, result(1, hours(1, 2)), { ...OOM, ...hours(1, 3) }];
    expect(criterion("max-failures", rows, given)?.value).toBe(2);
  });
});

describe("patience", () => {
  const given = { objective: { minDelta: 0.1 }, stop: { patience: 2 } };

  test("counts results since the last improvement of at least min-delta", () => {
    expect(
      criterion("patience", [result(1), result(0.9), result(0.85), result(0.95)], given),
    ).toMatchObject({
      met: true,
      value: 2,
      margin: 0,
      sentence: "2 of 2 results in a row without an improvement of 0.1.",
    });
  });

  test("takes an improvement of exactly min-delta as one", () => {
    expect(criterion("patience", [result(0.3), result(0.2)], given)?.value).toBe(0);
  });

  test("takes no improvement for one where min-delta is 0", () => {
    const zero = { objective: { minDelta: 0 }, stop: { patience: 2 } };
    expect(criterion("patience", [result(1), result(1), result(2)], zero)?.value).toBe(2);
    expect(criterion("patience", [result(1), result(0.999)], zero)?.value).toBe(0);
  });

  test("adds small steps up against the last improvement", () => {
    expect(criterion("patience", [result(1), result(0.95), result(0.9)], given)?.value).toBe(0);
  });

  test("ignores failures of every kind", () => {
    expect(criterion("patience", [result(1), OOM, INFRA, result(1)], given)?.value).toBe(1);
  });

  test("cannot be judged without min-delta, and is then not met", () => {
    const rows = [result(1), result(1), result(1), result(1)];
    expect(criterion("patience", rows, { stop: { patience: 2 } })).toMatchObject({
      met: false,
      value: undefined,
      sentence:
        "Patience of 2 results cannot be judged: the noise is unknown and objective.min-delta is not set.",
    });
  });
});

test("only the criteria that are set are shown", () => {
  expect(analysisOf([], {}).criteria.map((one) => one.criterion)).toEqual(["patience"]);
});

describe("the decision", () => {
  test("is to continue while nothing is met", () => {
    expect(analysisOf([result(1)], {}).decision).toMatchObject({
      kind: "continue",
      reason: "no-criterion-met",
      sentence: "No stop criterion is met.",
    });
  });

  test("asks for a baseline where there is none", () => {
    expect(analysisOf([], {}).decision).toEqual({
      kind: "continue",
      reason: "no-baseline",
      sentence: "There is no baseline yet: run one, so that results can be compared.",
    });
  });

  test("is to stop for the first criterion that is met, with its sentence", () => {
    const { decision } = analysisOf([result(0.2), OOM], {
      objective: { target: 0.3 },
      stop: { maxFailures: 1 },
    });
    expect(decision).toEqual({
      kind: "stop",
      reason: "target",
      sentence: "The best value passed the target of 0.3 by 0.1.",
    });
  });

  test("is a person's word before anything else", () => {
    const facts = { paused: true, criteria: [], hasBaseline: false };
    expect(selectDecision(facts)).toEqual({
      kind: "stop",
      reason: "paused",
      sentence: "The session is paused by /stop; /resume starts it again.",
    });
  });
});
