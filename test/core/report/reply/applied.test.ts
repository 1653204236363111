import { describe, expect, test } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import type { CommandNote } from "../../../../src/core/command/outcome.ts";
import { renderReply } from "../../../../src/core/report/reply/render-reply.ts";
import {
  approvedBy,
  clearedOf,
  commandFacts,
  launched,
  launchFailed,
  launchUnknown,
  queuedBy,
} from "../../../builders/facts.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { appliedReply, commandOutcome, type ReplyOverrides } from "../../../builders/reply.ts";
import { sessionSettings } from "../../../builders/report.ts";

const PROPOSE: Command = { name: "propose", id: "exp-001", fields: {}, isSweep: false };
const PLANNED: Cells = {
  status: "planned",
  change_summary: "lr: 1e-3 → 1e-4",
  hypothesis: "Less noise.",
  owner: "mira",
};
const ids = (...experimentIds: string[]) => ({ experimentIds });

function replyTo(command: Command, overrides: ReplyOverrides = {}, rows = [PLANNED]): string {
  const outcome = commandOutcome(command, ids(...rows.map((_, at) => `exp-00${at + 1}`)));
  return renderReply(appliedReply(rows, [outcome], overrides));
}

test("a proposal is answered by its row and the command that approves it", () => {
  const links = {
    logUrl: "https://github.com/o/r/blob/3f1c9ab27d/log.csv",
    reportUrl: "https://github.com/o/r/blob/3f1c9ab27d/report.md",
    commit: { sha: "3f1c9ab27d04e5f6", url: "https://github.com/o/r/commit/3f1c9ab27d" },
  };
  const author = { login: "mira", id: "1" };
  const comment = { author, url: "https://github.com/o/r/issues/1#issuecomment-7" };
  expect(replyTo(PROPOSE, { links, comment })).toBe(
    [
      "Proposed: `exp-001`.",
      "",
      "| Experiment | Status | Change | Hypothesis | Owner |",
      "| - | - | - | - | - |",
      "| `exp-001` | planned | lr: 1e-3 → 1e-4 | Less noise. | mira |",
      "",
      "To approve as it stands:",
      "",
      "```text",
      "/approve exp-001",
      "```",
      "",
      "In answer to [commands](https://github.com/o/r/issues/1#issuecomment-7) of mira · " +
        "[log](https://github.com/o/r/blob/3f1c9ab27d/log.csv) · " +
        "[report](https://github.com/o/r/blob/3f1c9ab27d/report.md) · " +
        "[commit 3f1c9ab27d](https://github.com/o/r/commit/3f1c9ab27d).",
      "",
    ].join("\n"),
  );
});

test("a command that was applied before reads as it did the first time", () => {
  const outcome = commandOutcome(PROPOSE, ids("exp-001"));
  const repeated = { ...outcome, kind: "repeated" as const };
  expect(renderReply(appliedReply([PLANNED], [repeated]))).toBe(
    renderReply(appliedReply([PLANNED], [outcome])),
  );
});

describe("each command has its sentence", () => {
  const metrics = new Map<string, number>();
  test.each<[Command, string]>([
    [{ name: "hypothesis", id: "exp-001", text: "x" }, "The hypothesis of `exp-001` is set."],
    [{ name: "note", id: "exp-001", text: "x" }, "A note was added to `exp-001`."],
    [{ name: "next-action", id: "exp-001", text: "x" }, "The next action of `exp-001` is set."],
    [
      { name: "result", id: "exp-001", value: 0.25, metrics, isForced: false },
      "The result of `exp-001` is recorded: 0.25.",
    ],
    [
      { name: "result", id: "exp-001", text: "x", metrics, isForced: false },
      "The result of `exp-001` is recorded.",
    ],
    [{ name: "approve", ids: ["exp-001"] }, "Approved as it stands: `exp-001`."],
    [
      { name: "launch", ids: ["exp-001"], isForced: false },
      "Approved and queued for launch: `exp-001`.",
    ],
    [{ name: "reject", words: [] }, "Rejected: `exp-001`."],
    [{ name: "cancel", words: [] }, "Cancelled: `exp-001`."],
    [{ name: "supersede", id: "exp-001", by: "exp-009" }, "`exp-001` is superseded by `exp-009`."],
    [{ name: "baseline", id: "exp-001" }, "The baseline is `exp-001` now."],
    [{ name: "target", value: 0.3 }, "The target is 0.3 now."],
    [
      { name: "stop", text: "over *budget*" },
      "The loop is stopped: proposals are taken, nothing is launched. Reason: over \\*budget\\*",
    ],
    [{ name: "stop" }, "The loop is stopped: proposals are taken, nothing is launched."],
    [{ name: "resume" }, "The loop goes on."],
  ])("%o", (command, sentence) => {
    const isAboutRows = !["target", "stop", "resume"].includes(command.name);
    const markdown = replyTo(command, {}, isAboutRows ? [PLANNED] : []);
    expect(markdown.split("\n")[0]).toBe(sentence);
  });
});

test("several commands are a list, and their rows one table", () => {
  const outcomes = [
    commandOutcome(PROPOSE, ids("exp-001")),
    commandOutcome({ name: "note", id: "exp-001", text: "x" }, ids("exp-001")),
    commandOutcome({ name: "note", id: "exp-002", text: "x" }, ids("exp-002")),
  ];
  const markdown = renderReply(appliedReply([PLANNED, { status: "running" }], outcomes));
  expect(markdown).toContain(
    "- Proposed: `exp-001`.\n- A note was added to `exp-001`.\n- A note was added to `exp-002`.\n",
  );
  expect(markdown.split("\n").filter((line) => line.startsWith("| `exp-"))).toHaveLength(2);
});

test("a row that is gone from the log is not shown", () => {
  const outcome = commandOutcome(PROPOSE, ids("exp-404"));
  const markdown = renderReply(appliedReply([], [outcome]));
  expect(markdown).toBe("Proposed: `exp-404`.\n\nIn answer to commands of mira.\n");
});

describe("what to do next", () => {
  const approvals = { "exp-001": approvedBy("ann") };

  test("is to launch what is approved", () => {
    const markdown = replyTo(
      { name: "approve", ids: ["exp-001"] },
      { facts: commandFacts({ approvals }), prefix: "exp" },
    );
    expect(markdown).toContain("| planned, approved by ann, waits for `/exp launch` |");
    expect(markdown).toContain("To launch:\n\n```text\n/exp launch exp-001\n```\n");
  });

  test("is to approve again what was changed", () => {
    const facts = commandFacts({ approvals: { "exp-001": clearedOf("ann") } });
    expect(replyTo(PROPOSE, { facts })).toContain("```text\n/approve exp-001\n```");
  });

  test("is to look at the queue before a launch of which nothing is known", () => {
    const facts = commandFacts({ launches: { "exp-001": launchUnknown("timeout") } });
    expect(replyTo(PROPOSE, { facts })).toContain(
      "Only when the queue has no such job, to launch anew:\n\n```text\n/launch exp-001 --force\n```",
    );
  });

  test("is to launch again what could not be launched", () => {
    const facts = commandFacts({ launches: { "exp-001": launchFailed("exit 1") } });
    expect(replyTo(PROPOSE, { facts })).toContain("```text\n/launch exp-001\n```");
  });

  test("is another person's word where two are needed", () => {
    const settings = sessionSettings({
      proposals: { maxOpen: 3, twoPerson: true, allowedBots: [] },
    });
    const proposers = new Map([["exp-001", { actor: "mira", actorId: "1" }]]);
    const facts = commandFacts({ proposers });
    const sentence = "Somebody else has to approve what you proposed";
    expect(replyTo(PROPOSE, { settings, facts })).toContain(
      `${sentence}: \`proposals.two-person\` is set.`,
    );
    expect(replyTo(PROPOSE, { facts })).not.toContain(sentence);
    const approved = commandFacts({ proposers, approvals });
    expect(replyTo(PROPOSE, { settings, facts: approved })).not.toContain(sentence);
  });

  test("is another person's word as far as the command that approves would say so", () => {
    const settings = sessionSettings({
      proposals: { maxOpen: 3, twoPerson: true, allowedBots: [] },
    });
    const says = (actor: { login: string; id: string }, owner: string, actorId?: string) => {
      const proposers =
        actorId === undefined ? new Map() : new Map([["exp-001", { actor: "mira", actorId }]]);
      const overrides = {
        settings,
        facts: commandFacts({ proposers }),
        comment: { author: actor },
      };
      return replyTo(PROPOSE, overrides, [{ ...PLANNED, owner }]).includes("Somebody else has to");
    };
    expect(says({ login: "renamed", id: "1" }, "", "1")).toBe(true);
    expect(says({ login: "mira", id: "2" }, "", "1")).toBe(false);
    expect(says({ login: "Mira", id: "" }, "", "1")).toBe(true);
    expect(says({ login: "mira", id: "1" }, "Mira")).toBe(true);
    expect(says({ login: "mira", id: "1" }, "ann")).toBe(false);
    const others = new Map([["exp-001", { actor: "mira", actorId: "1" }]]);
    const facts = commandFacts({ proposers: others, approvals });
    const outcome = commandOutcome(PROPOSE, ids("exp-001", "exp-002"));
    const rows = [PLANNED, { ...PLANNED, owner: "ann" }];
    expect(renderReply(appliedReply(rows, [outcome], { settings, facts }))).not.toContain(
      "Somebody else has to",
    );
  });

  test("is a run that may launch, and a loop that is not stopped", () => {
    const facts = commandFacts({ approvals, launches: { "exp-001": queuedBy("ann") } });
    const command: Command = { name: "launch", ids: ["exp-001"], isForced: false };
    expect(replyTo(command, { facts })).toContain(
      "Queued for launch: a run with `launch: true` starts it.",
    );
    expect(replyTo(command, { facts, mayLaunch: true })).not.toContain("launch: true");
    expect(replyTo(command, { facts, settings: sessionSettings({ paused: true }) })).toContain(
      "The loop is stopped: nothing is launched before `/resume`.",
    );
  });

  test("is nothing to copy where an id cannot be typed", () => {
    for (const experiment_id of ["two words", "-x", "@octocat"]) {
      const outcome = commandOutcome(PROPOSE, ids(experiment_id));
      const markdown = renderReply(appliedReply([{ ...PLANNED, experiment_id }], [outcome]));
      expect(markdown).not.toContain("```");
    }
  });
});

describe("launches", () => {
  const command: Command = { name: "launch", ids: ["exp-001"], isForced: false };

  test("are told with their job, or why there is none", () => {
    const reason = "the row has no command";
    const launches = [
      { kind: "launched", experimentId: "exp-001", jobId: "job-1" },
      { kind: "refused", experimentId: "exp-002", reason },
      { kind: "failed", experimentId: "exp-003", reason },
      { kind: "unknown", experimentId: "exp-004", reason },
      { kind: "not-started", why: "busy", experimentId: "exp-005", reason },
    ] as const;
    expect(replyTo(command, { launches })).toContain(
      [
        "- `exp-001` is launched as job `job-1`.",
        "- `exp-002` was not launched: the row has no command",
        "- `exp-003` could not be launched: the row has no command",
        "- `exp-004` may or may not have been launched; look at the queue before it is launched again: the row has no command",
        "- `exp-005` is left for another run: the row has no command",
      ].join("\n"),
    );
  });

  test("of an earlier run are known from the ledger", () => {
    const facts = commandFacts({ launches: { "exp-001": launched("job-7") } });
    const rows = [{ status: "queued" }];
    expect(replyTo(command, { facts }, rows)).toContain("- `exp-001` is launched as job `job-7`.");
    const launches = [{ kind: "launched", experimentId: "exp-001", jobId: "job-7" }] as const;
    expect(replyTo(command, { facts, launches }, rows).split("job-7")).toHaveLength(2);
  });
});

describe("notes", () => {
  const rows: readonly Cells[] = [
    PLANNED,
    {
      status: "failed",
      objective_metric: "loss",
      objective_value: "0.5",
      result_summary: "oom: out of memory",
    },
    { status: "running" },
  ];
  const noted = (...notes: readonly CommandNote[]) =>
    renderReply(appliedReply(rows, [commandOutcome(PROPOSE, { ...ids("exp-001"), notes })]));

  test("quote the row that tried the same, its failure as well", () => {
    expect(noted({ kind: "already-tried", experimentId: "exp-002" })).toContain(
      "- Already tried: the same command is that of `exp-002`, failed, loss 0.5: oom: out of memory\n",
    );
    expect(noted({ kind: "already-tried", experimentId: "exp-003" })).toContain(
      "- Already tried: the same command is that of `exp-003`, running\n",
    );
    expect(noted({ kind: "already-tried", experimentId: "exp-404" })).toContain(
      "- Already tried: the same command is that of `exp-404`.\n",
    );
  });

  test("say whose approval is cleared, and other sentences", () => {
    expect(
      noted(
        { kind: "approval-cleared", experimentId: "exp-001", by: "ann" },
        { kind: "sentence", text: "It was given." },
      ),
    ).toContain(
      "- This change clears the approval that ann gave `exp-001`; it must be approved again.\n- It was given.\n",
    );
  });

  test.each([
    ["running", "`xax queue kill job-3`"],
    ["queued", "`xax queue cancel job-3`"],
  ] as const)("name the queue's command that ends a job which was %s", (from, command) => {
    const outcome = commandOutcome(
      { name: "cancel", words: [] },
      {
        ...ids("exp-003"),
        changes: [{ kind: "moved", experimentId: "exp-003", from, to: "cancelled" }],
        notes: [{ kind: "job-may-run", experimentId: "exp-003", jobId: "job-3" }],
      },
    );
    expect(renderReply(appliedReply(rows, [outcome]))).toContain(
      `- Job \`job-3\` of \`exp-003\` may still run; cancel it with ${command}.\n`,
    );
    const settings = sessionSettings();
    const other = { ...settings, queue: { ...settings.queue, kind: "other" } };
    expect(renderReply(appliedReply(rows, [outcome], { settings: other }))).toContain(
      "may still run; cancel it in the queue.",
    );
  });

  test.each([
    ["$&-$1", "cancel it with `xax queue kill $&-$1`", undefined],
    ["gpu01/job-3", "cancel it with `xax queue kill job-3`", "gpu01"],
    ["gpu01/job-3", "cancel it with `xax queue kill gpu01/job-3`", undefined],
    ["--help", "cancel it in the queue", undefined],
  ])("name the job %j in that command as the queue knows it", (jobId, advice, source) => {
    const outcome = commandOutcome(
      { name: "cancel", words: [] },
      {
        ...ids("exp-003"),
        changes: [{ kind: "moved", experimentId: "exp-003", from: "running", to: "cancelled" }],
        notes: [{ kind: "job-may-run", experimentId: "exp-003", jobId }],
      },
    );
    const defaults = sessionSettings();
    const settings = { ...defaults, queue: { ...defaults.queue, ...(source && { source }) } };
    expect(renderReply(appliedReply(rows, [outcome], { settings }))).toContain(
      `may still run; ${advice}.\n`,
    );
  });

  test("name no command for a job of which the status is not known", () => {
    expect(noted({ kind: "job-may-run", experimentId: "exp-003", jobId: "job-3" })).toContain(
      "- Job `job-3` of `exp-003` may still run; cancel it in the queue.\n",
    );
  });
});
