import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/sync/change.ts";
import { commitMessage, renderMessage } from "../../../src/core/sync/message.ts";

function bodyOf(experimentId: string, result?: string): string {
  const change: Change = {
    kind: "updated",
    experimentId,
    ...(result === undefined ? {} : { result }),
  };
  return commitMessage("mnist", [change]).body.split("\n")[0] ?? "";
}

describe("commitMessage", () => {
  it("counts what happened in the subject and names each experiment in the body", () => {
    const changes: Change[] = [
      { kind: "updated", experimentId: "u", from: "completed", to: "completed" },
      { kind: "added", experimentId: "q", to: "queued" },
      { kind: "added", experimentId: "p", to: "planned", from: "planned" },
      { kind: "moved", experimentId: "r", from: "queued", to: "running" },
      { kind: "moved", experimentId: "s", from: "completed", to: "superseded" },
      { kind: "moved", experimentId: "x", from: "running", to: "cancelled" },
      { kind: "moved", experimentId: "f", from: "running", to: "failed" },
      { kind: "moved", experimentId: "c", from: "running", to: "completed", result: "loss 0.5" },
      { kind: "moved", experimentId: "c2", to: "completed" },
    ];
    expect(commitMessage("mnist", changes)).toEqual({
      headline:
        "mnist: 2 completed, 1 failed, 1 cancelled, 1 superseded, 1 running, 1 queued, 1 planned, 1 updated",
      body: [
        "- u: updated",
        "- q: new → queued",
        "- p: new → planned",
        "- r: queued → running",
        "- s: completed → superseded",
        "- x: running → cancelled",
        "- f: running → failed",
        "- c: running → completed (loss 0.5)",
        "- c2: new → completed",
        "",
        "[skip ci]",
      ].join("\n"),
    });
  });

  it("counts a row whose cells alone changed as updated, whatever its status", () => {
    for (const to of [
      "completed",
      "failed",
      "cancelled",
      "superseded",
      "running",
      "queued",
      "planned",
    ] as const) {
      const change: Change = { kind: "updated", experimentId: "a", from: to, to };
      expect(commitMessage("mnist", [change]).headline).toBe("mnist: 1 updated");
    }
  });

  it("speaks of the report when no row changed", () => {
    expect(commitMessage("mnist", [])).toEqual({
      headline: "mnist: refresh the report",
      body: "[skip ci]",
    });
  });

  it("names 50 experiments and says how many more there are", () => {
    const changes = Array.from(
      { length: 200 },
      (_, at): Change => ({ kind: "updated", experimentId: `e${at}` }),
    );
    const lines = commitMessage("mnist", changes).body.split("\n");
    expect(lines.slice(48)).toEqual([
      "- e48: updated",
      "- e49: updated",
      "- and 150 more",
      "",
      "[skip ci]",
    ]);
    expect(commitMessage("mnist", changes.slice(0, 50)).body).not.toContain("more");
  });

  it.each([
    ["@octocat", "- _octocat: updated"],
    ["closes #1", "- closes _1: updated"],
    ["fixes octo/repo#1", "- fixes octo/repo_1: updated"],
    ["closes https://github.com/o/r/issues/1", "- closes https:__github.com/o/r/issues/1: updated"],
    ["resolves GH-1 and agh-2", "- resolves GH_1 and aGH_2: updated"],
    ["a\nCo-authored-by: x <x@y>", "- a_Co-authored-by: x _x_y_: updated"],
    ["[ci skip]*`<!--", "- _ci skip_____--: updated"],
    ["gpu01/job-1~2", "- gpu01/job-1~2: updated"],
  ])("makes the id %j inert", (id, line) => {
    expect(bodyOf(id)).toBe(line);
  });

  it("makes the result inert", () => {
    expect(bodyOf("a", "🔧 @x 1e+21")).toBe("- a: updated (__ _x 1e+21)");
  });
});

describe("renderMessage", () => {
  it("parts the subject from the body by an empty line, and adds none without a body", () => {
    expect(renderMessage({ headline: "mnist: 1 queued", body: "- a\n- b" })).toBe(
      "mnist: 1 queued\n\n- a\n- b",
    );
    expect(renderMessage({ headline: "mnist: 1 queued", body: "" })).toBe("mnist: 1 queued");
  });
});
