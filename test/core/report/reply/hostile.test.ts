import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";
import { renderReply } from "../../../../src/core/report/reply/render-reply.ts";
import { clearedOf, commandFacts, launchUnknown, queuedBy } from "../../../builders/facts.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { answered, appliedReply, commandOutcome } from "../../../builders/reply.ts";
import { PAYLOADS } from "../hostile-payloads.ts";
import { liveIn, outlineOf, parseMarkdown } from "../markdown-tree.ts";

/** A reply to every command, in which every text from outside is the payload. */
function replyOf(text: string): string {
  const texts: Cells = {
    objective_metric: text,
    objective_value: text,
    change_summary: text,
    hypothesis: text,
    result_summary: text,
    next_action: text,
    parent_experiment_id: text,
    queue_job_id: text,
    owner: text,
  };
  const rows: readonly Cells[] = [
    { ...texts, experiment_id: text, status: "planned" },
    { ...texts, experiment_id: `${text}2`, status: text },
    { ...texts, experiment_id: `${text}3`, status: "planned" },
    { ...texts, objective_value: "0.5", objective_mode: "min" },
  ];
  const experimentIds = [text, `${text}2`, `${text}3`];
  const facts = commandFacts({
    approvals: { [text]: clearedOf(text) },
    launches: { [`${text}2`]: queuedBy(text), [`${text}3`]: launchUnknown(text) },
  });
  const commands: readonly Command[] = [
    { name: "propose", id: text, fields: {}, isSweep: false },
    { name: "supersede", id: text, by: text },
    { name: "stop", text },
  ];
  const outcomes = commands.map((command) =>
    commandOutcome(command, {
      experimentIds,
      notes: [
        { kind: "already-tried", experimentId: `${text}2` },
        { kind: "approval-cleared", experimentId: text, by: text },
        { kind: "job-may-run", experimentId: text, jobId: text },
        { kind: "sentence", text },
      ],
    }),
  );
  const questions = (["status", "next", "report"] as const).map((name) => answered({ name }));
  const launches = [
    { kind: "launched", experimentId: text, jobId: text },
    { kind: "failed", experimentId: text, reason: text },
  ] as const;
  return renderReply(
    appliedReply(rows, [...outcomes, ...questions, answered({ name: "best" })], {
      facts,
      launches,
      comment: { author: { login: text, id: "" } },
    }),
  );
}

function refusalOf(text: string): string {
  const problem = { line: 1, source: text, column: 1, sentence: text, usage: text };
  return renderReply({
    comment: { author: { login: text, id: "" } },
    mayLaunch: false,
    redact: (text) => text,
    content: { kind: "refused", problems: [problem, problem] },
  });
}

/** An id that can be typed gets a command to copy, introduced by a sentence; another one gets none. */
const withoutCommands = (outline: readonly string[]) =>
  outline.join("\n").replaceAll("paragraph\ncode\n", "");

const OUTLINE = withoutCommands(outlineOf(parseMarkdown(replyOf("harmless words"))));

function expectInert(payload: string): void {
  const [reply, refusal] = [replyOf(payload), refusalOf(payload)];
  for (const markdown of [reply, refusal]) {
    expect(liveIn(parseMarkdown(markdown))).toEqual([]);
    expect(parseComment(markdown)).toEqual({ kind: "none" });
  }
  expect(withoutCommands(outlineOf(parseMarkdown(reply)))).toBe(OUTLINE);
  expect(outlineOf(parseMarkdown(refusal))).toEqual([
    ...["paragraph", "code", "code"],
    ...["paragraph", "paragraph"],
  ]);
}

test.each([...PAYLOADS, "/approve x", "\n/approve x\n", "```\n/approve x", "x\n\n/approve x"])(
  "%j stays inert in a reply",
  (payload) => expectInert(payload),
);

test("random texts stay inert in a reply", () => {
  const signs = [..."@#&;<>!-[](){}|`\\*_~$:/.= \n\tawx1\u202e\u200b", "http", "www.", "gh-1"];
  const text = fc
    .array(fc.constantFrom(...signs, "\n/approve x\n"), { minLength: 1, maxLength: 40 })
    .map((pieces) => pieces.join(""));
  fc.assert(fc.property(fc.oneof(text, fc.string({ unit: "binary", minLength: 1 })), expectInert), {
    numRuns: 300,
  });
});

test("no reply says a command of its own", () => {
  const reply = replyOf("harmless");
  expect(reply).toContain("\n/approve harmless\n");
  const help = renderReply(appliedReply([], [answered({ name: "help" })]));
  expect(help).toContain("\n/status\n");
  for (const markdown of [reply, help]) expect(parseComment(markdown)).toEqual({ kind: "none" });
});

test("the largest comment gets a reply that a comment holds", () => {
  const long = "汉字 ".repeat(400);
  const rows = Array.from({ length: 640 }, (_, at): Cells => {
    const id = `${String(at).padStart(3, "0")}${"x".repeat(97)}`;
    return {
      experiment_id: id,
      status: "planned",
      change_summary: long,
      hypothesis: long,
      result_summary: long,
      owner: "o".repeat(39),
    };
  });
  const experimentIds = rows.map((row) => row.experiment_id ?? "");
  const outcomes = Array.from({ length: 10 }, (_, at) =>
    commandOutcome(
      { name: "launch", ids: [], isForced: false },
      {
        experimentIds: experimentIds.slice(at * 64, (at + 1) * 64),
        notes: experimentIds.map((id) => ({ kind: "already-tried", experimentId: id })),
      },
    ),
  );
  const launches = experimentIds.map(
    (experimentId) => ({ kind: "failed", experimentId, reason: long }) as const,
  );
  const markdown = renderReply(appliedReply(rows, outcomes, { launches }));
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(240_000);
  expect(markdown).toMatch(/\n\d+ more rows are in the log\.\n/);
  expect(markdown).toMatch(/\n- \d+ more launches are in the ledger\.\n/);
  expect(markdown).toMatch(/\n- \d+ more notes are not listed\.\n/);
});

test("ten questions of the largest log get a reply that a comment holds", () => {
  const long = "long ".repeat(100);
  const rows = Array.from({ length: 200 }, (_, at): Cells => {
    const isActive = at % 2 === 0;
    return {
      experiment_id: `${at}${"x".repeat(97)}`,
      status: isActive ? "running" : "completed",
      change_summary: long,
      objective_value: String(at),
    };
  });
  const outcomes = [41, 42, 43, 44, 45, 46, 47, 48, 49].map((count) =>
    answered({ name: "best", count }),
  );
  const markdown = renderReply(appliedReply(rows, [...outcomes, answered({ name: "status" })]));
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain("## Running and queued");
  expect(markdown.split("## Leaderboard")).toHaveLength(10);
});
