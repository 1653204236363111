import { describe, expect, it } from "vitest";
import type { ProposalFields } from "../../../../src/core/command/command.ts";
import { createRedactor } from "../../../../src/core/text/redact.ts";
import {
  apply,
  author,
  entriesOf,
  ledgerEntry,
  outcomesOf,
  proposal,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { LATER, NOW } from "../../../builders/log.ts";

const OBJECTIVE = "objective: { metric: loss, mode: min }\n";
const files = sessionFiles({
  rows: [{ experiment_id: "base", status: "completed", command: "python t.py --lr 1e-3" }],
  settings: OBJECTIVE,
});

describe("/propose", () => {
  it("records a planned row with all its fields, and a line of the ledger", () => {
    const command = proposal("new", {
      parent: "base",
      hypothesis: " Slower is steadier. ",
      expect: "0.30 ",
      change: "by hand",
      command: "python t.py --lr 1e-4",
      config: "configs/a.yml",
      task: "speech",
      metric: "acc",
      mode: "max",
    });
    const applied = apply(files, [command]);
    expect(rowsOf(applied.files)[1]).toEqual({
      experiment_id: "new",
      parent_experiment_id: "base",
      status: "planned",
      task_key: "speech",
      command: "python t.py --lr 1e-4",
      config_path: "configs/a.yml",
      objective_metric: "acc",
      objective_mode: "max",
      hypothesis: "Slower is steadier. Expected: 0.30",
      change_summary: "by hand",
      created_at: NOW,
      updated_at: NOW,
      owner: "ann",
    });
    const [outcome] = outcomesOf(applied);
    expect(outcome).toMatchObject({
      kind: "applied",
      experimentIds: ["new"],
      changes: [{ kind: "added", experimentId: "new", to: "planned" }],
      notes: [],
    });
    expect(entriesOf(applied.files)).toEqual([
      {
        opId: outcome?.opId,
        commentId: "100",
        commentUrl: "https://github.test/c/100",
        actor: "ann",
        actorId: "7",
        command: expect.stringMatching(/^\/propose/),
        experimentId: "new",
        outcome: "applied",
        detail: "planned",
        at: NOW,
      },
    ]);
  });

  it("takes the objective of the session, and computes the change from the parent's command", () => {
    const fields = { parent: "base", command: "python t.py --lr 1e-4 --seed 2" };
    const [, row] = rowsOf(apply(files, [proposal("new", fields)]).files);
    expect(row).toMatchObject({
      objective_metric: "loss",
      objective_mode: "min",
      change_summary: "lr: 1e-3 → 1e-4, + seed=2",
    });
  });

  it("says nothing of the direction of a metric that is not the session's", () => {
    const [, row] = rowsOf(apply(files, [proposal("new", { metric: "acc" })]).files);
    expect(row).toMatchObject({ objective_metric: "acc" });
    expect(row).not.toHaveProperty("objective_mode");
    const bare = sessionFiles({ rows: [] });
    expect(rowsOf(apply(bare, [proposal("new")]).files)[0]).not.toHaveProperty("objective_metric");
  });

  it("computes no change without a command of its own or a parent", () => {
    const made = (fields: object) => rowsOf(apply(files, [proposal("new", fields)]).files)[1];
    expect(made({ parent: "base" })).not.toHaveProperty("change_summary");
    expect(made({ command: "python t.py" })).not.toHaveProperty("change_summary");
  });

  it("gives an id that the same comment gives again, and no other", () => {
    const [first, second] = rowsOf(
      apply(files, [proposal(undefined), proposal(undefined)]).files,
    ).slice(1);
    expect(first?.["experiment_id"]).toMatch(/^p-[a-z2-7]{10}$/);
    expect(second?.["experiment_id"]).not.toBe(first?.["experiment_id"]);
    expect(rowsOf(apply(files, [proposal(undefined)]).files)[1]).toEqual(first);
    const other = apply(files, [proposal(undefined)], { commentId: "101" });
    expect(rowsOf(other.files)[1]).not.toEqual(first);
  });

  it("begins the log and the ledger of a session that has none", () => {
    const applied = apply(new Map(), [proposal("first")]);
    expect(rowsOf(applied.files)).toHaveLength(1);
    expect([...applied.files.keys()].sort()).toEqual(["command_log.csv", "experiment_log.csv"]);
  });

  it("removes secrets from every text before it is stored, in the ledger too", () => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const secret = "x hunter2";
    const fields = { hypothesis: secret, expect: secret, change: secret, command: secret };
    const more = { config: secret, task: secret, metric: secret };
    const applied = apply(files, [proposal("new", { ...fields, ...more })], { redact });
    const all = [...applied.files.values()].map((bytes) => Buffer.from(bytes).toString()).join();
    expect(all).not.toContain("hunter2");
    expect(rowsOf(applied.files)[1]).toMatchObject({
      hypothesis: "x [redacted] Expected: x [redacted]",
      objective_metric: "x [redacted]",
    });
  });

  it("tells how a command or config is recorded that it redacts, and that such a one cannot be launched", () => {
    const redact = createRedactor({
      home: "/home/ann",
      repositoryRoot: "/srv/repo",
      secrets: ["hunter2hunter2"],
      settings: { paths: true, patterns: [] },
    });
    const notesOf = (fields: ProposalFields) =>
      outcomesOf(apply(files, [proposal("new", fields)], { redact }))[0]?.notes;
    const so =
      ", and cannot be launched so: secrets belong into the program's environment, and paths inside the repository.";
    expect(notesOf({ command: "--key=hunter2hunter2", config: "/home/ann/a.yaml" })).toEqual([
      { kind: "sentence", text: `The command is recorded as "--key=[redacted]"${so}` },
      { kind: "sentence", text: `The config is recorded as "~/a.yaml"${so}` },
    ]);
    expect(notesOf({ command: "--data=/srv/repo/data/a" })).toEqual([
      { kind: "sentence", text: 'The command is recorded as "--data=data/a".' },
    ]);
    expect(notesOf({ command: "--lr=1", config: "a.yaml" })).toEqual([]);
  });

  it("tells that the same has been tried, whatever came of it", () => {
    const tried = sessionFiles({
      rows: [{ experiment_id: "old", status: "failed", command: "t.py --lr 1 --amp" }],
    });
    const [outcome] = outcomesOf(apply(tried, [proposal("new", { command: "t.py --amp --lr=1" })]));
    expect(outcome?.notes).toEqual([{ kind: "already-tried", experimentId: "old" }]);
    const settings = "launch: { command: [python, t.py, '{args...}'] }\n";
    const rows = [{ experiment_id: "old", command: "--lr 1e-4" }];
    const named = apply(sessionFiles({ rows, settings }), [
      proposal("new", { command: "python t.py --lr=0.0001" }),
    ]);
    expect(outcomesOf(named)[0]?.notes).toEqual([{ kind: "already-tried", experimentId: "old" }]);
  });
});

describe("/propose is refused", () => {
  it.each<readonly [string, ReturnType<typeof proposal>, RegExp]>([
    ["without a hypothesis", proposal("n", { hypothesis: " \n" }), /^the hypothesis is missing\. /],
    [
      "with only an expectation",
      { ...proposal("n"), fields: { expect: "x" } } as never,
      /hypothesis is missing/,
    ],
    ["with an id that exists", proposal("base"), /^there is an experiment "base" already\. /],
    [
      "with a parent that does not",
      proposal("n", { parent: "bse" }),
      /no experiment "bse" in the log\. Did you mean "base"\?/,
    ],
    [
      "with itself as parent",
      proposal("nnnnnnnnn", { parent: "nnnnnnnnn" }),
      /no experiment "nnnnnnnnn".*The report lists/,
    ],
    [
      "with a command that no program could be given",
      proposal("n", { command: "t.py 'x" }),
      /^the command has a ' that is never closed/,
    ],
    [
      "with an id that is a secret",
      proposal("hunter2"),
      /the id holds something that is not recorded/,
    ],
    [
      "with an id that no log holds",
      proposal("a\0"),
      /the id holds something that is not recorded/,
    ],
  ])("%s", (_name, command, sentence) => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const refused = apply(files, [command], { redact });
    expect(sentencesOf(refused)).toEqual([expect.stringMatching(sentence)]);
    expect(refused.files).toBe(files);
  });

  it("for every reason at once, with its line, its word and how it is written", () => {
    const command = proposal("base", { parent: "none", hypothesis: "" });
    const { outcome } = apply(files, [proposal("fine"), command]);
    expect(outcome).toEqual({
      kind: "refused",
      problems: [
        {
          line: 2,
          source: "/propose base",
          column: 10,
          sentence: expect.stringContaining("already"),
        },
        { line: 2, source: "/propose base", sentence: expect.stringContaining('"none"') },
        {
          line: 2,
          source: "/propose base",
          sentence: expect.stringContaining("hypothesis"),
          usage: expect.stringMatching(/^\/propose \[id\]/),
        },
      ],
    });
  });

  it("above max-open, naming what is open; what later commands say of it needs no more words", () => {
    const rows = [1, 2, 3].map((at) => ({ experiment_id: `p${at}`, status: "planned" }));
    const full = sessionFiles({ rows });
    const refused = apply(full, [
      proposal("new"),
      { name: "note", id: "new", text: "x" },
      proposal("child", { parent: "new" }, { isSweep: true }),
    ]);
    expect(sentencesOf(refused)).toEqual([
      'at most 3 may be open (proposals.max-open in session.yml), and 3 are: "p1", "p2", "p3". Launch or /reject one first; with write permission --sweep allows more.',
    ]);
    const none = sessionFiles({ rows: [], settings: "proposals: { max-open: 0 }\n" });
    expect(sentencesOf(apply(none, [proposal("new")]))).toEqual([
      expect.stringMatching(/^at most 0 may be open .*, and 0 are\. /),
    ]);
    const many = Array.from({ length: 25 }, (_, at) => ({
      experiment_id: `m${at}`,
      status: "planned",
    }));
    expect(sentencesOf(apply(sessionFiles({ rows: many }), [proposal("new")]))[0]).toMatch(
      /"m19", and 5 more\./,
    );
  });
});

describe("the limit of open proposals", () => {
  const rows = [1, 2, 3].map((at) => ({ experiment_id: `p${at}`, status: "planned" }));

  it("does not hold for a sweep, and leaves out what has been launched or decided", () => {
    const full = sessionFiles({ rows });
    expect(rowsOf(apply(full, [proposal("new", {}, { isSweep: true })]).files)).toHaveLength(4);
    const rejected = {
      name: "reject",
      words: [{ text: "p1", isQuoted: false }],
      text: "no",
    } as const;
    expect(rowsOf(apply(full, [rejected, proposal("new")]).files)).toHaveLength(4);
    for (const outcome of ["launching", "launched"] as const) {
      const ledger = [ledgerEntry({ experimentId: "p2", outcome, detail: "job-1" })];
      expect(rowsOf(apply(sessionFiles({ rows, ledger }), [proposal("new")]).files)).toHaveLength(
        4,
      );
    }
  });

  it("follows what inputs and flags say", () => {
    const overrideSettings = <T extends { proposals: object }>(settings: T) => ({
      ...settings,
      proposals: { ...settings.proposals, maxOpen: 9 },
    });
    const applied = apply(sessionFiles({ rows }), [proposal("new")], { overrideSettings });
    expect(rowsOf(applied.files)).toHaveLength(4);
  });

  it("counts what the same comment proposed before", () => {
    const ids = ["a", "b", "c", "d"];
    const refused = apply(
      sessionFiles({ rows: [] }),
      ids.map((id) => proposal(id)),
      {
        now: LATER,
        author: author({ role: "triage" }),
      },
    );
    expect(sentencesOf(refused)).toEqual([expect.stringContaining('and 3 are: "a", "b", "c".')]);
  });
});
