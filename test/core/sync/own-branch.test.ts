import { expect, it } from "vitest";
import { OWN_BRANCHES, pullRequestBranch } from "../../../src/core/sync/own-branch.ts";

it("each session has one branch of ours, by which it is known as ours", () => {
  expect(pullRequestBranch("mnist")).toBe("experiment-monitor/mnist");
  expect(pullRequestBranch("gpt.2").startsWith(OWN_BRANCHES)).toBe(true);
});
