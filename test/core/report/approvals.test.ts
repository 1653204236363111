import { describe, expect, test } from "vitest";
import type { CommandFacts } from "../../../src/core/command/facts.ts";
import { proposalState } from "../../../src/core/report/proposal-state.ts";
import { renderSummary } from "../../../src/core/report/summary.ts";
import {
  approvedBy,
  clearedOf,
  commandFacts,
  forcedResult,
  launched,
  launchFailed,
  launching,
  launchUnknown,
  queuedBy,
} from "../../builders/facts.ts";
import type { Cells } from "../../builders/log-table.ts";
import { renderedReport, reportModel } from "../../builders/report.ts";

const PLANNED: Cells = { status: "planned" };

function reportOf(facts: CommandFacts, count = 1): string {
  return renderedReport(
    Array.from({ length: count }, () => PLANNED),
    { facts },
  ).markdown;
}

const A = "exp-001";
const approvals = { [A]: approvedBy("ann") };

describe("an open proposal", () => {
  test.each<[string, Parameters<typeof commandFacts>[0], string, string | undefined]>([
    ["nobody has approved", {}, "**`exp-001`**", "/approve exp-001"],
    [
      "that is approved",
      { approvals },
      "**`exp-001`**, approved by ann, waits for `/launch`",
      "/launch exp-001",
    ],
    [
      "that was changed since",
      { approvals: { [A]: clearedOf("ann") } },
      "**`exp-001`**, the approval of ann was cleared by a later change",
      "/approve exp-001",
    ],
    [
      "that is queued for launch",
      { approvals, launches: { [A]: queuedBy("bob") } },
      "**`exp-001`**, queued for launch by bob",
      undefined,
    ],
    [
      "that was changed after /launch",
      { approvals: { [A]: clearedOf("bob") }, launches: { [A]: queuedBy("bob", false) } },
      "**`exp-001`**, the approval of bob was cleared by a later change",
      "/approve exp-001",
    ],
    [
      "that is being launched",
      { approvals, launches: { [A]: launching() } },
      "**`exp-001`**, is being launched",
      undefined,
    ],
    [
      "whose launch failed",
      { approvals, launches: { [A]: launchFailed("no such program") } },
      "**`exp-001`**, its launch failed: no such program",
      "/launch exp-001",
    ],
    [
      "whose launch is unknown",
      { approvals, launches: { [A]: launchUnknown("the runner died") } },
      "**`exp-001`**, whether its launch started a job is unknown: the runner died",
      "/launch exp-001 --force",
    ],
  ])("%s says so, with the command that takes it on", (_, overrides, line, command) => {
    const section = reportOf(commandFacts(overrides)).split("## Open proposals")[1] ?? "";
    const [text, fence] = section.trim().split("\n\n");
    expect(text).toBe(line);
    expect(fence?.startsWith("```text")).toBe(command !== undefined);
    if (command !== undefined) expect(fence).toBe(`\`\`\`text\n${command}\n\`\`\``);
  });

  test("with an approval of the kind none, or a job by now, is as open as any", () => {
    const none = commandFacts({ approvals: { [A]: { kind: "none" } } });
    expect(proposalState(none, A)).toEqual({ kind: "open" });
    const past = commandFacts({ launches: { [A]: launched("job-1") } });
    expect(proposalState(past, A)).toEqual({ kind: "open" });
  });
});

describe("what waits for a person", () => {
  const facts = commandFacts({
    approvals: {
      "exp-001": clearedOf("ann"),
      "exp-002": approvedBy("ann"),
      "exp-003": approvedBy("ann"),
    },
    launches: {
      "exp-003": queuedBy("ann"),
      "exp-004": launchUnknown("timeout"),
      "exp-005": launchFailed("exit 1"),
    },
  });

  test("names cleared approvals and launches that went wrong, and counts the words given", () => {
    expect(reportOf(facts, 5)).toContain(
      [
        "> - 5 open proposals: `exp-001`, `exp-002`, `exp-003` and 2 more (1 approved, 1 queued for launch)",
        "> - `exp-001`, the approval of ann was cleared by a later change",
        "> - `exp-004`, whether its launch started a job is unknown: timeout",
        "> - `exp-005`, its launch failed: exit 1",
      ].join("\n"),
    );
  });

  test("is counted in the summary for scripts", () => {
    const rows = Array.from({ length: 5 }, () => PLANNED);
    expect(JSON.parse(renderSummary(reportModel(rows, { facts }))).approvals).toEqual({
      approved: 1,
      queued_for_launch: 1,
      cleared: 1,
      launch_unknown: 1,
    });
  });

  test("lists ten of many", () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `exp-${String(at + 1).padStart(3, "0")}`,
        clearedOf("ann"),
      ]),
    );
    const markdown = reportOf(commandFacts({ approvals: many }), 12);
    expect(markdown).toContain("> - `exp-010`, the approval of ann");
    expect(markdown).not.toContain("> - `exp-011`, the approval of ann");
    expect(markdown).toContain("> - 2 more that wait for a person again.");
  });

  test("says nothing of rows that are planned no more", () => {
    const { markdown } = renderedReport([{ status: "running" }], {
      facts: commandFacts({ launches: { [A]: launchUnknown("timeout") } }),
    });
    expect(markdown).not.toContain("unknown: timeout");
  });
});

describe("a final result changed by force", () => {
  const forcedResults = Array.from({ length: 7 }, (_, at) => forcedResult(at));

  test("is named in the notes, the newest five", () => {
    const { markdown } = renderedReport([], { facts: commandFacts({ forcedResults }) });
    const lines = markdown.split("\n").filter((line) => line.startsWith("- Result of"));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      "- Result of `exp-6` changed by ann with `--force`: objective_value 6 → 0",
    );
    expect(markdown).toContain("- 2 earlier changes by force are in the ledger.");
  });
});

test("a ledger that says nothing changes no byte", () => {
  const rows = [PLANNED, { status: "running" }];
  const without = reportModel(rows);
  const beside = reportModel(rows, { facts: commandFacts() });
  expect(renderedReport(rows, { facts: commandFacts() })).toEqual(renderedReport(rows));
  expect(renderSummary(beside)).toBe(renderSummary(without));
});
