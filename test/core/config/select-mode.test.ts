import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../src/core/config/event.ts";
import { selectMode } from "../../../src/core/config/select-mode.ts";

const PAYLOAD = {
  issue: { number: 1 },
  comment: { id: 2 },
  pull_request: { number: 3 },
  action: "created",
};

function selected(mode: "auto" | "sync" | "report", event: string) {
  return selectMode(mode, parseEvent(event, PAYLOAD));
}

describe("the mode of a run", () => {
  test.each(["schedule", "workflow_dispatch", "repository_dispatch", "push"])(
    "auto is sync on %s",
    (event) => {
      expect(selected("auto", event)).toEqual({ kind: "run", mode: "sync" });
    },
  );

  test.each([
    ["issue_comment", "command"],
    ["issues", "command"],
    ["pull_request", "review"],
  ])("auto on %s is %s, which ends green until it exists", (event, mode) => {
    const selection = selected("auto", event);
    expect(selection).toMatchObject({ kind: "ignored", mode });
    expect(selection).toMatchObject({ sentence: expect.stringContaining(event) });
  });

  test.each(["sync", "report"] as const)("%s is done on whatever event", (mode) => {
    for (const event of ["schedule", "issue_comment", "pull_request", "release"]) {
      expect(selected(mode, event)).toEqual({ kind: "run", mode });
    }
  });

  test.each(["auto", "sync", "report"] as const)(
    "pull_request_target is refused, also for %s",
    (mode) => {
      expect(selected(mode, "pull_request_target")).toMatchObject({
        kind: "refused",
        sentence: expect.stringContaining("pull_request_target"),
        remedy: expect.stringContaining("pull_request"),
      });
    },
  );

  test("auto on an event it does not know asks for a mode", () => {
    expect(selected("auto", "release")).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining('"release"'),
      remedy: expect.stringContaining("mode: sync"),
    });
  });
});
