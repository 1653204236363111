import { describe, expect, it, test } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import type { LedgerOutcome } from "../../../../src/core/command/ledger.ts";
import {
  apply,
  approval,
  author,
  bob,
  entriesOf,
  factsOf,
  launchOf,
  ledgerEntry,
  outcomesOf,
  proposal,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { LATER, NOW } from "../../../builders/log.ts";

const ROW = { status: "planned", hypothesis: "h", objective_metric: "loss", command: "t.py" };
const one = sessionFiles({ rows: [ROW] });
const TWO_PERSON = "proposals: { two-person: true }\n";
const note = (id = "exp-1"): Command => ({ name: "note", id, text: "x" });

test.each<[Command, string]>([
  [approval("nope"), "/approve <id>…"],
  [approval("exp-1", "exp-1"), "/approve <id>…"],
  [{ name: "reject", words: [{ text: "nope", isQuoted: false }] }, "/reject"],
])("what names no row it may name is told how the command is written: %j", (command, usage) => {
  expect(apply(one, [command]).outcome).toMatchObject({
    kind: "refused",
    problems: [{ usage: expect.stringContaining(usage) }],
  });
});

describe("/approve", () => {
  it("binds to the rows as they are, and changes none", () => {
    const files = sessionFiles({ rows: [ROW, ROW] });
    const applied = apply(files, [approval("exp-1", "exp-2")]);
    expect(applied.files.get("experiment_log.csv")).toBe(files.get("experiment_log.csv"));
    expect(outcomesOf(applied)).toMatchObject([
      { kind: "applied", experimentIds: ["exp-1", "exp-2"], changes: [] },
    ]);
    const [first, second] = entriesOf(applied.files);
    expect(first).toMatchObject({ outcome: "approved", experimentId: "exp-1" });
    expect(first?.detail).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.detail).not.toBe(first?.detail);
    expect(second?.opId).toBe(first?.opId);
    expect([...factsOf(applied.files).approvals.keys()]).toEqual(["exp-1", "exp-2"]);
  });

  it("approves what the same comment proposes, as it stands at its end", () => {
    const { files } = apply(one, [proposal("new"), note("new"), approval("new")]);
    expect(factsOf(files).approvals.get("new")?.kind).toBe("approved");
  });

  it("comes last: no later command of the comment changes what it approved", () => {
    const refused = apply(one, [approval("exp-1"), note()]);
    expect(refused.outcome).toEqual({
      kind: "refused",
      problems: [
        {
          line: 2,
          source: "/note exp-1",
          column: 7,
          sentence:
            'this changes experiment "exp-1" after the comment has approved it. Approve last.',
        },
      ],
    });
    const unchanged: Command = { name: "hypothesis", id: "exp-1", text: "h" };
    expect(sentencesOf(apply(one, [approval("exp-1"), unchanged]))).toEqual([]);
  });

  it.each(["queued", "running", "completed", "failed", "cancelled", "superseded", ""])(
    "is refused for an experiment whose status is %j",
    (status) => {
      const files = sessionFiles({ rows: [{ status }] });
      expect(sentencesOf(apply(files, [approval("exp-1")]))).toEqual([
        `experiment "exp-1" is ${status || "without a status"}; only planned experiments are approved and launched. Propose a new one with this one as its parent instead.`,
      ]);
    },
  );

  it.each<LedgerOutcome>(["launching", "launched", "launch-unknown"])(
    "is refused once the launch is %s",
    (outcome) => {
      const files = sessionFiles({ rows: [ROW], ledger: [ledgerEntry({ outcome })] });
      expect(sentencesOf(apply(files, [approval("exp-1")]))).toEqual([
        expect.stringContaining("has been launched, or may have been"),
      ]);
    },
  );

  it("names ids beyond the fourth unknown one together", () => {
    const ids = Array.from({ length: 6 }, (_, at) => `exp-1${at}`);
    const sentences = sentencesOf(apply(one, [approval(...ids)]));
    expect(sentences).toHaveLength(5);
    expect(sentences[3]).toContain('no experiment "exp-13" in the log. Did you mean "exp-1"?');
    expect(sentences[4]).toBe('nor is any of these in the log: "exp-14", "exp-15".');
  });

  it("is refused as a whole where one experiment is unknown or named twice", () => {
    const refused = apply(one, [approval("exp-1", "exp-9", "exp-1")]);
    expect(sentencesOf(refused)).toEqual([
      'there is no experiment "exp-9" in the log. Did you mean "exp-1"?',
      '"exp-1" is named twice; name it once.',
    ]);
    expect(refused.files).toBe(one);
  });
});

describe("/launch", () => {
  it("approves and queues, without a change of the row", () => {
    const applied = apply(one, [launchOf(["exp-1"])]);
    expect(rowsOf(applied.files)).toEqual(rowsOf(one));
    const facts = factsOf(applied.files);
    expect(facts.approvals.get("exp-1")).toEqual({ kind: "approved", by: "ann", at: NOW });
    const [outcome] = outcomesOf(applied);
    expect(facts.launches.get("exp-1")).toEqual({
      kind: "queued",
      opId: outcome?.opId,
      by: "ann",
      at: NOW,
      isCurrent: true,
    });
    expect(outcome?.notes).toEqual([]);
  });

  it("may follow /approve in one comment, and be given again", () => {
    const first = apply(one, [approval("exp-1"), launchOf(["exp-1"])]).files;
    const again = apply(first, [launchOf(["exp-1"])], { commentId: "2", author: bob, now: LATER });
    expect(factsOf(again.files).launches.get("exp-1")).toMatchObject({ kind: "queued", by: "bob" });
    expect(factsOf(again.files).approvals.get("exp-1")).toMatchObject({ by: "ann" });
  });

  it("is no longer current once the row has changed", () => {
    const queued = apply(one, [launchOf(["exp-1"])]).files;
    const edited = apply(queued, [note()], { commentId: "2" });
    expect(outcomesOf(edited)[0]?.notes).toMatchObject([{ kind: "approval-cleared", by: "ann" }]);
    expect(factsOf(edited.files).launches.get("exp-1")).toMatchObject({ isCurrent: false });
  });

  it("is not current again once the change is taken back", () => {
    const next = (text: string): Command => ({ name: "hypothesis", id: "exp-1", text });
    const queued = apply(one, [launchOf(["exp-1"])]).files;
    const edited = apply(queued, [next("g"), next("h")], { commentId: "2" }).files;
    expect(rowsOf(edited)[0]).toMatchObject(ROW);
    expect(factsOf(edited).launches.get("exp-1")).toMatchObject({ isCurrent: false });
    const again = apply(edited, [launchOf(["exp-1"])], { commentId: "3" }).files;
    expect(factsOf(again).launches.get("exp-1")).toMatchObject({ isCurrent: true });
  });

  it("names everything that is missing", () => {
    const files = sessionFiles({ rows: [{ status: "planned" }] });
    const prefix = 'experiment "exp-1" cannot be launched without';
    expect(sentencesOf(apply(files, [launchOf(["exp-1"])]))).toEqual([
      `${prefix} a hypothesis: give it with /hypothesis.`,
      `${prefix} an objective: name objective.metric in session.yml.`,
      `${prefix} a command or config: propose it anew with one.`,
    ]);
  });

  it("is refused for a row that has a job, which no run would launch", () => {
    const files = sessionFiles({ rows: [{ ...ROW, queue_job_id: "job-9" }] });
    expect(sentencesOf(apply(files, [launchOf(["exp-1"])]))).toEqual([
      'experiment "exp-1" has the job "job-9" already, so that no run would launch it. Propose a new one with this one as its parent instead.',
    ]);
    expect(sentencesOf(apply(files, [approval("exp-1")]))).toEqual([]);
  });

  it("takes a text of blanks for none", () => {
    const blank = { hypothesis: " ", objective_metric: " ", command: " ", config_path: "\t" };
    const files = sessionFiles({ rows: [{ ...ROW, ...blank }] });
    expect(sentencesOf(apply(files, [launchOf(["exp-1"])]))).toHaveLength(3);
  });

  it("takes the session's objective and a config alone", () => {
    const files = sessionFiles({
      rows: [{ status: "planned", hypothesis: "h", config_path: "a.yml" }],
      settings: "objective: { metric: loss }\n",
    });
    expect(sentencesOf(apply(files, [launchOf(["exp-1"])]))).toEqual([]);
  });

  it("waits for /resume while the loop is stopped, which may stand before it", () => {
    const paused = sessionFiles({ rows: [ROW], settings: "paused: true\n" });
    expect(sentencesOf(apply(paused, [launchOf(["exp-1"])]))).toEqual([
      "the loop is stopped, so nothing is launched. Give /resume first.",
    ]);
    expect(sentencesOf(apply(paused, [{ name: "resume" }, launchOf(["exp-1"])]))).toEqual([]);
    expect(sentencesOf(apply(one, [{ name: "stop" }, launchOf(["exp-1"])]))).toHaveLength(1);
  });

  it("is refused for what is not planned, and only for that", () => {
    const files = sessionFiles({ rows: [{ status: "running" }] });
    expect(sentencesOf(apply(files, [launchOf(["exp-1"])]))).toEqual([
      expect.stringContaining("is running; only planned"),
    ]);
  });

  const launchAfter = (outcome: LedgerOutcome, isForced: boolean) => {
    const files = sessionFiles({
      rows: [ROW],
      ledger: [ledgerEntry({ outcome, detail: "job-1" })],
    });
    return apply(files, [launchOf(["exp-1"], isForced)]);
  };

  it.each<readonly [LedgerOutcome, boolean, RegExp]>([
    ["launching", false, /is being launched already/],
    ["launching", true, /is being launched already/],
    ["launched", false, /has been launched already/],
    ["launched", true, /has been launched already/],
    [
      "launch-unknown",
      false,
      /is not known\. Look into the queue; when there is none, add --force/,
    ],
  ])("is refused when the launch is %s (--force: %s)", (outcome, isForced, sentence) => {
    expect(sentencesOf(launchAfter(outcome, isForced))).toEqual([expect.stringMatching(sentence)]);
  });

  it.each<readonly [LedgerOutcome, boolean, RegExp]>([
    ["launch-failed", false, /launch of "exp-1" failed; this is another one/],
    ["launch-unknown", true, /launch of "exp-1" ended with an unknown result; this is another one/],
  ])(
    "is taken anew when the launch is %s (--force: %s), and says so",
    (outcome, isForced, text) => {
      const applied = launchAfter(outcome, isForced);
      expect(outcomesOf(applied)[0]?.notes).toEqual([
        { kind: "sentence", text: expect.stringMatching(text) },
      ]);
      expect(factsOf(applied.files).launches.get("exp-1")).toMatchObject({ kind: "queued" });
    },
  );
});

describe("two-person sessions", () => {
  const empty = sessionFiles({ rows: [], settings: `${TWO_PERSON}objective: { metric: loss }\n` });
  const mine = apply(empty, [proposal("mine", { command: "t.py" })]).files;
  const approved = apply(mine, [approval("mine")], { commentId: "2", author: bob }).files;

  it("let nobody approve or launch a proposal of their own", () => {
    for (const [command, does] of [
      [approval("mine"), "approves"],
      [launchOf(["mine"]), "launches"],
    ] as const) {
      expect(sentencesOf(apply(mine, [command], { commentId: "2" }))).toEqual([
        `nobody ${does} a proposal of their own in this session (proposals.two-person in session.yml), and "mine" is yours. Ask somebody else to /approve it.`,
      ]);
    }
    const both = apply(empty, [proposal("mine"), approval("mine")]);
    expect(sentencesOf(both)).toHaveLength(1);
  });

  it("let somebody else approve or launch it", () => {
    for (const command of [approval("mine"), launchOf(["mine"])]) {
      expect(sentencesOf(apply(mine, [command], { commentId: "2", author: bob }))).toEqual([]);
    }
  });

  it("let the proposer launch what somebody else approved as it is", () => {
    const launched = apply(approved, [launchOf(["mine"])], { commentId: "3" });
    expect(factsOf(launched.files).launches.get("mine")).toMatchObject({ by: "ann" });
    expect(factsOf(launched.files).approvals.get("mine")).toMatchObject({ by: "bob" });
    const edited = apply(approved, [note("mine")], { commentId: "3" }).files;
    expect(sentencesOf(apply(edited, [launchOf(["mine"])], { commentId: "4" }))).toHaveLength(1);
  });

  it("do not let the proposer launch on an approval that a change has cleared, taken back or not", () => {
    const say = (text: string): Command => ({ name: "hypothesis", id: "mine", text });
    const takenBack = [say("other"), say("It gets better.")];
    const before = apply(approved, takenBack, { commentId: "3" }).files;
    expect(sentencesOf(apply(before, [launchOf(["mine"])], { commentId: "4" }))).toHaveLength(1);
    const together = [...takenBack, launchOf(["mine"])];
    expect(sentencesOf(apply(approved, together, { commentId: "3" }))).toHaveLength(1);
  });

  it("do not take the proposer's own approval of before the rule for somebody else's", () => {
    const free = apply(sessionFiles({ rows: [] }), [
      proposal("mine", { command: "t.py", metric: "loss" }),
      launchOf(["mine"]),
    ]).files;
    const ruled = new Map([...free, ["session.yml", Buffer.from(TWO_PERSON)] as const]);
    expect(sentencesOf(apply(ruled, [launchOf(["mine"])], { commentId: "2" }))).toHaveLength(1);
    const other = apply(ruled, [approval("mine")], { commentId: "2", author: bob }).files;
    expect(sentencesOf(apply(other, [launchOf(["mine"])], { commentId: "3" }))).toEqual([]);
  });

  it("know people by their id, and by their login where there is none", () => {
    const approve = (by: ReturnType<typeof author>) =>
      sentencesOf(apply(mine, [approval("mine")], { commentId: "2", author: by })).length;
    expect(approve(author({ login: "renamed" }))).toBe(1);
    expect(approve(author({ id: "9" }))).toBe(0);
    expect(approve(author({ login: "ANN", id: "" }))).toBe(1);
    expect(approve(author({ login: "bob", id: "" }))).toBe(0);
  });

  it("take the owner for the proposer of a row that no command proposed", () => {
    const approve = (owner: string) => {
      const rows = [{ ...ROW, owner }];
      const files = sessionFiles({ rows, settings: TWO_PERSON });
      return sentencesOf(apply(files, [approval("exp-1")])).length;
    };
    expect(approve("Ann")).toBe(1);
    expect(approve("bob")).toBe(0);
    expect(approve("")).toBe(0);
  });
});
