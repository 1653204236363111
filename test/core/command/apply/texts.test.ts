import { describe, expect, it } from "vitest";
import type { Command } from "../../../../src/core/command/command.ts";
import {
  apply,
  approval,
  bob,
  ending,
  entriesOf,
  factsOf,
  ledgerEntry,
  outcomesOf,
  rowsOf,
  sentencesOf,
  sessionFiles,
} from "../../../builders/apply.ts";
import { LATER, NOW } from "../../../builders/log.ts";

const say = (name: "hypothesis" | "note" | "next-action", text: string, id = "exp-1"): Command => ({
  name,
  id,
  text,
});
const planned = sessionFiles({
  rows: [{ status: "planned", hypothesis: "old", notes: "first\n" }],
});

describe("/hypothesis, /note and /next-action", () => {
  it("set, append and set, and move updated_at", () => {
    const applied = apply(planned, [
      say("hypothesis", "new"),
      say("note", "one\ntwo"),
      say("next-action", "rest"),
    ]);
    expect(rowsOf(applied.files)).toEqual([
      {
        experiment_id: "exp-1",
        status: "planned",
        hypothesis: "new",
        notes: "first\nann (2026-11-23): one\n  two",
        next_action: "rest",
        updated_at: NOW,
      },
    ]);
    expect(entriesOf(applied.files).map(({ detail }) => detail)).toEqual([
      "hypothesis",
      "notes",
      "next_action",
    ]);
    expect(outcomesOf(applied).map(({ changes }) => changes)).toEqual(
      [1, 2, 3].map(() => [{ kind: "updated", experimentId: "exp-1" }]),
    );
  });

  it.each(["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"])(
    "leave no line in the notes that somebody else seems to have signed, after %j",
    (end) => {
      const text = `hi${end}bob (2026-11-23): launch it.`;
      const [row] = rowsOf(apply(sessionFiles({ rows: [{}] }), [say("note", text)]).files);
      expect(row?.["notes"]).toBe(`ann (2026-11-23): hi${end}  bob (2026-11-23): launch it.`);
    },
  );

  it("begin the notes of a row that has none", () => {
    const [row] = rowsOf(apply(sessionFiles({ rows: [{}] }), [say("note", "x")]).files);
    expect(row?.["notes"]).toBe("ann (2026-11-23): x");
  });

  it("remove secrets from the text", () => {
    const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
    const commands = (["hypothesis", "note", "next-action"] as const).map((name) =>
      say(name, "hunter2"),
    );
    const { files } = apply(planned, commands, { redact });
    expect(JSON.stringify([rowsOf(files), entriesOf(files)])).not.toContain("hunter2");
  });

  it("leave a line in the ledger even where they change nothing", () => {
    const applied = apply(planned, [say("hypothesis", "old")]);
    expect(outcomesOf(applied)[0]).toMatchObject({ kind: "applied", changes: [] });
    expect(entriesOf(applied.files)).toMatchObject([
      { detail: "no change", experimentId: "exp-1" },
    ]);
    expect(applied.files.get("experiment_log.csv")).toBe(planned.get("experiment_log.csv"));
  });

  it("refuse an experiment that does not exist", () => {
    for (const name of ["hypothesis", "note", "next-action"] as const) {
      expect(sentencesOf(apply(planned, [say(name, "x", "exp-2")]))).toEqual([
        'there is no experiment "exp-2" in the log. Did you mean "exp-1"?',
      ]);
    }
  });
});

describe("/hypothesis", () => {
  it.each(["queued", "running", "completed", "failed", "cancelled", "superseded", ""])(
    "is refused for an experiment whose status is %j",
    (status) => {
      const files = sessionFiles({ rows: [{ status }] });
      expect(sentencesOf(apply(files, [say("hypothesis", "x")]))).toEqual([
        `experiment "exp-1" is ${status || "without a status"}, and a hypothesis is recorded before the launch. Use /note for what you think of it now.`,
      ]);
    },
  );

  it.each(["launching", "launched", "launch-unknown"] as const)(
    "is refused once the launch is %s",
    (outcome) => {
      const files = sessionFiles({
        rows: [{ status: "planned" }],
        ledger: [ledgerEntry({ outcome })],
      });
      expect(sentencesOf(apply(files, [say("hypothesis", "x")]))).toEqual([
        expect.stringContaining("is being launched, and"),
      ]);
    },
  );

  it("is taken after a launch that failed", () => {
    const ledger = [ledgerEntry({ outcome: "launch-failed" })];
    const files = sessionFiles({ rows: [{ status: "planned" }], ledger });
    expect(rowsOf(apply(files, [say("hypothesis", "x")]).files)[0]?.["hypothesis"]).toBe("x");
  });
});

describe("an approval", () => {
  const approved = apply(planned, [approval("exp-1")], { author: bob }).files;

  it("is cleared by any later edit, which says so once", () => {
    expect(factsOf(approved).approvals.get("exp-1")).toEqual({
      kind: "approved",
      by: "bob",
      at: NOW,
    });
    const edited = apply(approved, [say("note", "x"), say("note", "y")], {
      now: LATER,
      commentId: "2",
    });
    expect(outcomesOf(edited).map(({ notes }) => notes)).toEqual([
      [{ kind: "approval-cleared", experimentId: "exp-1", by: "bob" }],
      [],
    ]);
    expect(factsOf(edited.files).approvals.get("exp-1")?.kind).toBe("cleared");
    const again = apply(edited.files, [say("note", "z")], { commentId: "3" });
    expect(outcomesOf(again)[0]?.notes).toEqual([]);
  });

  it("stands where an edit changes nothing", () => {
    const edited = apply(approved, [say("hypothesis", "old")], { commentId: "2" });
    expect(outcomesOf(edited)[0]?.notes).toEqual([]);
    expect(factsOf(edited.files).approvals.get("exp-1")?.kind).toBe("approved");
  });

  it("does not come back when the change is taken back", () => {
    const other = apply(approved, [say("hypothesis", "new")], { commentId: "2" }).files;
    const back = apply(other, [say("hypothesis", "old")], { commentId: "3" }).files;
    const both = apply(approved, [say("hypothesis", "new"), say("hypothesis", "old")], {
      commentId: "2",
    }).files;
    for (const files of [other, back, both]) {
      expect(factsOf(files).approvals.get("exp-1")).toEqual({
        kind: "cleared",
        by: "bob",
        at: NOW,
      });
    }
    const again = apply(back, [approval("exp-1")], { commentId: "4", now: LATER }).files;
    expect(factsOf(again).approvals.get("exp-1")).toEqual({
      kind: "approved",
      by: "ann",
      at: LATER,
    });
  });

  it("of what is no longer planned needs no word", () => {
    const ended = apply(approved, [ending("reject", "exp-1", "no")], { commentId: "2" });
    expect(outcomesOf(ended)[0]?.notes).toEqual([]);
  });

  it("of one experiment is not cleared by an edit of another", () => {
    const two = sessionFiles({ rows: [{ status: "planned" }, { status: "planned" }] });
    const first = apply(two, [approval("exp-1")]).files;
    const edited = apply(first, [say("note", "x", "exp-2")], { commentId: "2" });
    expect(outcomesOf(edited)[0]?.notes).toEqual([]);
    expect(factsOf(edited.files).approvals.get("exp-1")?.kind).toBe("approved");
  });
});
