import { expect, it } from "vitest";
import { isSessionName } from "../../../src/core/session/name.ts";
import { OWN_BRANCHES, pullRequestBranch } from "../../../src/core/sync/own-branch.ts";

it("each session has one branch of ours, by which it is known as ours", () => {
  expect(pullRequestBranch("mnist")).toBe("experiment-monitor/mnist");
  expect(pullRequestBranch("gpt.2").startsWith(OWN_BRANCHES)).toBe(true);
});

it("a session whose name git takes for no branch has one as well, and shares it with nobody", () => {
  expect(pullRequestBranch("gpu.lock")).toBe("experiment-monitor/gpu.lock+");
  expect(isSessionName("gpu.lock")).toBe(true);
  expect(isSessionName("gpu.lock+")).toBe(false);
});
