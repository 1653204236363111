import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../../src/core/command/registry.ts";
import { renderReply } from "../../../../src/core/report/reply/render-reply.ts";
import { approvedBy, clearedOf, commandFacts, queuedBy } from "../../../builders/facts.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { answered, appliedReply, type ReplyOverrides } from "../../../builders/reply.ts";
import { sessionSettings } from "../../../builders/report.ts";

const result = (value: number): Cells => ({
  objective_metric: "loss",
  objective_mode: "min",
  objective_value: String(value),
});

function next(rows: readonly Cells[], overrides: ReplyOverrides = {}): string {
  return renderReply(appliedReply(rows, [answered({ name: "next" })], overrides));
}

test("/status says the state, the decision, what waits and what runs", () => {
  const rows = [result(0.4), { status: "running" }, { status: "planned" }];
  const markdown = renderReply(appliedReply(rows, [answered({ name: "status" })]));
  expect(markdown).toContain("**▶ 1 running · 1 planned · 1 completed — best loss 0.4 (exp-001)");
  expect(markdown).toContain("> [!NOTE]\n> **Continue.**");
  expect(markdown).toContain("> - 1 open proposal: `exp-003`");
  expect(markdown).toContain("## Running and queued");
});

test("a question that is asked twice is answered once", () => {
  const outcomes = [answered({ name: "status" }), answered({ name: "status" })];
  const markdown = renderReply(appliedReply([], outcomes));
  expect(markdown.split("**Continue.**")).toHaveLength(2);
});

test("/next beside /status does not say the decision again", () => {
  const outcomes = [answered({ name: "next" }), answered({ name: "status" })];
  const markdown = renderReply(appliedReply([], outcomes));
  expect(markdown.split("**Continue.**")).toHaveLength(2);
  expect(markdown).toContain("**Next:** propose a baseline");
});

describe("/best", () => {
  const rows = Array.from({ length: 20 }, (_, at) => result(1 / (at + 1)));
  const best = (count?: number) =>
    renderReply(
      appliedReply(rows, [answered({ name: "best", ...(count === undefined ? {} : { count }) })]),
    )
      .split("\n")
      .filter((line) => /^\| \d/.test(line));

  test("shows ten results, or as many as asked for, whatever the report shows", () => {
    expect(best()).toHaveLength(10);
    expect(best(15)).toHaveLength(15);
    expect(best(1)).toEqual([expect.stringContaining("`exp-020`")]);
  });

  test("says so where there is none", () => {
    expect(renderReply(appliedReply([], [answered({ name: "best" })]))).toContain(
      "No completed experiment has a value that can be compared yet.",
    );
  });
});

describe("/next recommends", () => {
  const planned: Cells = { status: "planned" };

  test("to resume a stopped loop", () => {
    const settings = sessionSettings({ paused: true });
    expect(next([result(1)], { settings, prefix: "exp" })).toContain(
      "**Next:** let the loop go on when it may.\n\n```text\n/exp resume\n```",
    );
  });

  test("to stop where a criterion is met, and what to keep", () => {
    const settings = sessionSettings({ stop: { patience: 3, maxExperiments: 1 } });
    expect(next([result(1)], { settings })).toContain(
      "**Next:** stop here and keep `exp-001`; who wants to go on changes the criterion in `session.yml`.",
    );
    expect(next([{ status: "failed" }], { settings })).toContain("**Next:** stop here; who wants");
  });

  test("to decide what waits for a person again", () => {
    const facts = commandFacts({ approvals: { "exp-001": clearedOf("ann") } });
    expect(next([planned], { facts })).toContain("**Next:** decide about the approvals");
  });

  test("to launch what is approved", () => {
    const facts = commandFacts({ approvals: { "exp-001": approvedBy("ann") } });
    expect(next([planned], { facts })).toContain(
      "**Next:** launch what is approved, with `/launch`.",
    );
  });

  test("to approve what is proposed", () => {
    expect(next([planned])).toContain(
      "**Next:** approve or reject the open proposals, with `/approve` or `/reject`.",
    );
  });

  test("a baseline where there is none", () => {
    expect(next([])).toContain("**Next:** propose a baseline");
    expect(next([])).toContain("```text\n/propose baseline\nhypothesis: ");
  });

  test("to wait for what runs", () => {
    expect(next([{ status: "running" }, { status: "queued" }])).toContain(
      "**Next:** wait for what runs or is queued (2), then compare it with the best.",
    );
  });

  test("to propose from the best when nothing else is to be done", () => {
    expect(next([result(1)])).toContain("```text\n/propose parent=exp-001\nhypothesis: ");
    expect(next([{ ...result(1), experiment_id: "two words" }])).toContain(
      "```text\n/propose\nhypothesis: ",
    );
    const settings = sessionSettings({ baseline: "exp-001" });
    expect(next([{ status: "failed" }], { settings })).toContain("```text\n/propose\nhypothesis: ");
    const facts = commandFacts({ launches: { "exp-002": queuedBy("ann") } });
    expect(next([result(1), planned], { facts })).toContain("/propose parent=exp-001");
  });
});

describe("/report", () => {
  const report = (links: ReplyOverrides["links"]) =>
    renderReply(
      appliedReply([], [answered({ name: "report" })], links === undefined ? {} : { links }),
    );

  test("says where the report is", () => {
    expect(report({})).toContain("The report is `experiment_report.md`.");
    const reportUrl = "https://github.com/o/r/blob/main/r.md";
    expect(report({ reportUrl })).toContain(
      `The report is [\`experiment_report.md\`](${reportUrl}).`,
    );
    const reportCommentUrl = "https://github.com/o/r/issues/1#issuecomment-2";
    expect(report({ reportCommentUrl })).toContain(
      `The report stands in [its comment](${reportCommentUrl}) and in \`experiment_report.md\`.`,
    );
  });
});

describe("/help", () => {
  const help = (prefix?: string) =>
    renderReply(
      appliedReply([], [answered({ name: "help" })], prefix === undefined ? {} : { prefix }),
    );

  test("lists every command with its usage, meaning and role", () => {
    const rows = help()
      .split("\n")
      .filter((line) => line.startsWith("| `/"));
    expect(rows).toHaveLength(Object.keys(COMMANDS).length);
    expect(rows[0]).toMatch(/^\| `\/propose \[id\].*` \| Records .* \| triage \|$/);
  });

  test("shows examples as they are written with the prefix", () => {
    expect(help()).toContain("\n/status\n");
    expect(help("exp")).toContain("\n/exp status\n");
    expect(help("exp")).toContain("| `/exp status` |");
  });
});
