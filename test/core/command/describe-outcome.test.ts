import { expect, test } from "vitest";
import { describeOutcome } from "../../../src/core/command/describe-outcome.ts";
import { commandOutcome } from "../../builders/reply.ts";

test("an outcome names the command, what became of it and the experiments it is about", () => {
  const outcome = commandOutcome(
    { name: "note", id: "lr-1", text: "x" },
    { kind: "repeated", experimentIds: ["lr-1"] },
  );
  expect(describeOutcome(outcome)).toEqual({
    op_id: "op",
    command: "note",
    outcome: "repeated",
    experiments: ["lr-1"],
  });
});
