import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../src/core/config/event.ts";
import type { ModeInput } from "../../../src/core/config/parse-config.ts";
import { selectMode } from "../../../src/core/config/select-mode.ts";

const POST = {
  html_url: "https://github.test/1",
  created_at: "2026-11-23T09:00:00Z",
  user: { login: "alice", id: 7, type: "User" },
};

const PAYLOAD = {
  issue: { number: 1, ...POST },
  comment: { id: 2, ...POST },
  pull_request: {
    number: 3,
    base: { ref: "main", sha: "a".repeat(40) },
    head: { ref: "topic", sha: "b".repeat(40) },
  },
  workflow_run: { head_sha: "b".repeat(40) },
};

function selected(mode: ModeInput, event: string, action = "created") {
  return selectMode(mode, parseEvent(event, { ...PAYLOAD, action }));
}

describe("the mode of a run", () => {
  test.each(["schedule", "workflow_dispatch", "repository_dispatch", "push"])(
    "auto is sync on %s",
    (event) => {
      expect(selected("auto", event)).toEqual({ kind: "run", mode: "sync" });
    },
  );

  test.each([
    ["issue_comment", "created"],
    ["issues", "opened"],
  ])("auto on %s %s takes commands", (event, action) => {
    expect(selected("auto", event, action)).toEqual({ kind: "run", mode: "command" });
  });

  test.each([
    ["issue_comment", "edited", "this one was edited"],
    ["issue_comment", "deleted", "this one was deleted"],
    ["issues", "reopened", "this one was reopened"],
    ["issues", "##[x]", "this one was changed"],
    ["pull_request", "opened", "not in a pull request itself"],
  ])("command on %s %s is left alone", (event, action, reason) => {
    expect(selected("command", event, action)).toMatchObject({
      kind: "ignored",
      mode: "command",
      sentence: expect.stringContaining(reason),
    });
  });

  test("command on a schedule takes what earlier runs have missed", () => {
    expect(selected("command", "schedule")).toEqual({ kind: "run", mode: "command" });
  });

  test.each(["auto", "review"] as const)("%s on pull_request reviews it", (mode) => {
    expect(selected(mode, "pull_request", "synchronize")).toEqual({ kind: "run", mode: "review" });
  });

  test("review on workflow_run reviews the pull request it ran for", () => {
    expect(selected("review", "workflow_run")).toEqual({ kind: "run", mode: "review" });
  });

  test("review of a closed pull request is left alone", () => {
    expect(selected("auto", "pull_request", "closed")).toMatchObject({
      kind: "ignored",
      sentence: "Nothing to do: the pull request is closed.",
    });
  });

  test("review needs a pull request", () => {
    expect(selected("review", "push")).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining('"push"'),
      remedy: expect.stringContaining("pull_request"),
    });
  });

  test("auto does not know what a workflow_run is for", () => {
    expect(selected("auto", "workflow_run")).toMatchObject({ kind: "refused" });
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
