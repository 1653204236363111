import { expect, test } from "vitest";
import { pathInSession } from "../../../src/core/session/path-in-session.ts";

test("a file stands in the session's folder", () => {
  expect(pathInSession({ folder: "experiments/mnist" }, "experiment_log.csv")).toBe(
    "experiments/mnist/experiment_log.csv",
  );
});

test("a file that stands elsewhere is named where it stands, the others are not moved by it", () => {
  const session = {
    folder: "experiments/mnist",
    paths: new Map([["experiment_log.csv", "../old/log.csv"]]),
  };
  expect(pathInSession(session, "experiment_log.csv")).toBe("../old/log.csv");
  expect(pathInSession(session, "session.yml")).toBe("experiments/mnist/session.yml");
});
