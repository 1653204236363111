import { expect, test } from "vitest";
import { describeOutcome } from "../../../src/core/command/describe-outcome.ts";

test("a command is described by its id, its name, what became of it and its experiments", () => {
  const command = { name: "approve", ids: ["a", "b"] } as const;
  const experimentIds = ["a", "b"];
  const outcome = { command, opId: "op", kind: "applied", experimentIds, changes: [], notes: [] };
  expect(describeOutcome(outcome as never)).toEqual({
    op_id: "op",
    command: "approve",
    outcome: "applied",
    experiments: experimentIds,
  });
});
