import { expect, test } from "vitest";
import { rowObjective } from "../../../src/core/session/row-objective.ts";

const SESSION = { metric: "loss", mode: "min" } as const;

test.each([
  ["the session stands in for a row that says nothing", ["", ""], SESSION, ["loss", "min"]],
  ["a row's own words stay", ["acc", "max"], SESSION, ["acc", "max"]],
  ["of the session's metric its mode stands in", ["loss", ""], SESSION, ["loss", "min"]],
  ["of another metric its mode says nothing", ["acc", ""], SESSION, ["acc", ""]],
  ["a session without a mode gives none", ["", ""], { metric: "loss" }, ["loss", ""]],
  ["a mode without a metric says nothing", ["", ""], { mode: "min" }, ["", ""]],
] as const)("%s", (_, [metric, mode], session, expected) => {
  const found = rowObjective({ metric, mode }, session);
  expect([found.metric, found.mode]).toEqual(expected);
});
