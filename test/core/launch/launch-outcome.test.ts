import { describe, expect, it } from "vitest";
import { type LaunchOutcome, launchExitCode } from "../../../src/core/launch/launch-outcome.ts";

const of = (kind: "refused" | "failed" | "unknown"): LaunchOutcome => ({
  kind,
  experimentId: "a",
  reason: "So.",
});
const waiting = (why: "busy" | "unreadable" | "rehearsal"): LaunchOutcome => ({
  kind: "not-started",
  why,
  experimentId: "a",
  reason: "So.",
});
const LAUNCHED: LaunchOutcome = { kind: "launched", experimentId: "b", jobId: "job-1" };

describe("the exit code of launches", () => {
  it.each([
    ["nothing to do", [], 0, 0],
    ["launched", [LAUNCHED], 0, 0],
    ["refused", [LAUNCHED, of("refused")], 3, 3],
    ["failed", [of("refused"), of("failed")], 1, 1],
    ["unknown", [of("unknown"), waiting("unreadable")], 1, 1],
    ["another run's", [LAUNCHED, waiting("busy")], 3, 0],
    ["a queue that cannot be asked", [of("refused"), waiting("unreadable")], 2, 3],
    ["a queue that cannot be asked, alone", [waiting("unreadable")], 2, 0],
    ["a dry run", [waiting("rehearsal")], 0, 0],
  ] as const)("of %s", (_what, outcomes, named, queued) => {
    expect(launchExitCode(outcomes, true)).toBe(named);
    expect(launchExitCode(outcomes, false)).toBe(queued);
  });
});
