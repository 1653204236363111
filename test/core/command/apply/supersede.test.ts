import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import {
  apply,
  entriesOf,
  outcomesOf,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";

const by = (id: string, other: string): Command => ({ name: "supersede", id, by: other });
const files = sessionFiles({
  rows: [
    { experiment_id: "a", status: "completed", result_summary: "kept" },
    { experiment_id: "b", status: "superseded" },
    { experiment_id: "c" },
  ],
});

describe("/supersede", () => {
  it("marks the row, and says by what where no result is told", () => {
    const applied = apply(files, [by("a", "c"), by("c", "a")]);
    expect(rowsOf(applied.files)).toMatchObject([
      { status: "superseded", result_summary: "kept" },
      {},
      { status: "superseded", result_summary: "superseded by a" },
    ]);
    expect(entriesOf(applied.files).map(({ detail }) => detail)).toEqual([
      "status completed → superseded, by c",
      "status superseded, result_summary, by a",
    ]);
    expect(outcomesOf(applied)[0]?.changes).toEqual([
      { kind: "moved", experimentId: "a", from: "completed", to: "superseded" },
    ]);
  });

  it("says that the job of a running experiment may still run", () => {
    const running = sessionFiles({
      rows: [
        { experiment_id: "a", status: "running", queue_job_id: "job-1" },
        { experiment_id: "b", status: "completed", queue_job_id: "job-2" },
      ],
    });
    const applied = apply(running, [by("a", "b"), by("b", "a")]);
    expect(outcomesOf(applied).map(({ notes }) => notes)).toEqual([
      [{ kind: "job-may-run", experimentId: "a", jobId: "job-1" }],
      [],
    ]);
  });

  it.each<readonly [string, Command, readonly RegExp[]]>([
    ["by itself", by("a", "a"), [/"a" cannot be superseded by itself/]],
    ["by what does not exist", by("a", "zzzzzz"), [/no experiment "zzzzzz"/]],
    ["of what does not exist", by("zzzzzz", "a"), [/no experiment "zzzzzz"/]],
    ["of two that do not exist", by("zzzzzz", "yyyyyy"), [/zzzzzz/, /yyyyyy/]],
    ["twice", by("b", "a"), [/"b" is superseded already/]],
  ])("is refused %s", (_name, command, sentences) => {
    expect(sentencesOf(apply(files, [command]))).toEqual(
      sentences.map((one) => expect.stringMatching(one)),
    );
  });

  it("adds no words where the other one was proposed in vain", () => {
    const proposal = { name: "propose", id: "n", fields: {}, isSweep: false } as const;
    expect(sentencesOf(apply(files, [proposal, by("a", "n"), by("n", "a")]))).toEqual([
      expect.stringContaining("the hypothesis is missing"),
    ]);
  });
});
