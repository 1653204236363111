import { describe, expect, it } from "vitest";
import { buildFacts } from "../../../src/core/command/build-facts.ts";
import { rowDigest } from "../../../src/core/command/digest.ts";
import { NO_FACTS } from "../../../src/core/command/facts.ts";
import type { LedgerEntry } from "../../../src/core/command/ledger.ts";
import { decodeLedger } from "../../../src/core/command/ledger-codec.ts";
import { LEDGER_PATH, ledgerBytes, ledgerEntry } from "../../builders/apply.ts";
import { LATER, logText, NOW, readLog } from "../../builders/log.ts";
import { sha256 } from "../../builders/modes.ts";

const log = readLog(
  logText([
    { experiment_id: "a", status: "planned", hypothesis: "h" },
    { experiment_id: "b", status: "running" },
  ]),
);
const digest = rowDigest(log, 0, sha256);

function facts(...entries: readonly Partial<LedgerEntry>[]) {
  const lines = entries.map((entry) => ledgerEntry({ experimentId: "a", ...entry }));
  return buildFacts(log, decodeLedger(ledgerBytes(lines), LEDGER_PATH), sha256);
}

describe("buildFacts", () => {
  it("knows nothing without a ledger", () => {
    expect(facts()).toEqual(NO_FACTS);
  });

  it("tells an approval that stands from one that a change cleared", () => {
    const approved = { outcome: "approved", detail: digest } as const;
    const by = { by: "ann", at: NOW };
    expect(facts(approved).approvals.get("a")).toEqual({ kind: "approved", ...by });
    const old = { ...approved, detail: "of another row" };
    expect(facts(old).approvals.get("a")).toEqual({ kind: "cleared", ...by });
    expect(facts(approved, old).approvals.get("a")?.kind).toBe("cleared");
    expect(facts(old, approved).approvals.get("a")?.kind).toBe("approved");
  });

  it.each<readonly [string, Partial<LedgerEntry>, string]>([
    ["a line that changed the row", { detail: "hypothesis" }, "cleared"],
    ["a forced result", { detail: "forced: acc 1 → 2", command: "/result a acc=2" }, "cleared"],
    ["a line that changed nothing", { detail: "no change" }, "approved"],
    ["a change of another row", { experimentId: "b", detail: "notes" }, "approved"],
    ["/baseline", { detail: "baseline a", command: "/baseline a" }, "approved"],
    ["a launch that failed", { outcome: "launch-failed", detail: "why" }, "approved"],
  ])("of a row that is as it was then, has an approval after %s: %s", (_name, entry, kind) => {
    const approved = { outcome: "approved", detail: digest } as const;
    expect(facts(approved, entry).approvals.get("a")?.kind).toBe(kind);
    expect(facts(entry, approved).approvals.get("a")?.kind).toBe("approved");
    const queued = { outcome: "queued-for-launch", detail: digest } as const;
    const isCurrent = kind === "approved";
    if (entry.outcome === undefined) {
      expect(facts(queued, entry).launches.get("a")).toMatchObject({ kind: "queued", isCurrent });
    }
  });

  it("names who approved a row anew after a change that was taken back", () => {
    const approved = { outcome: "approved", detail: digest } as const;
    const anew = { ...approved, actor: "bob", at: LATER };
    expect(facts(approved, { detail: "notes" }, anew).approvals.get("a")).toEqual({
      kind: "approved",
      by: "bob",
      at: LATER,
    });
  });

  it("takes /launch for an approval, but who approved the row as it is stays who approved it", () => {
    const queued = {
      outcome: "queued-for-launch",
      actor: "bob",
      at: LATER,
      detail: digest,
    } as const;
    expect(facts(queued).approvals.get("a")).toMatchObject({ by: "bob" });
    const approved = { outcome: "approved", detail: digest } as const;
    expect(facts(approved, queued).approvals.get("a")).toMatchObject({ by: "ann", at: NOW });
    const changed = { ...approved, detail: "x" };
    expect(facts(changed, queued).approvals.get("a")).toMatchObject({ by: "bob", at: LATER });
  });

  it("has no approval of what is not planned or not in the log", () => {
    const b = { experimentId: "b", outcome: "approved", detail: "x" } as const;
    expect([...facts(b, { ...b, experimentId: "gone" }).approvals]).toEqual([]);
  });

  it.each<readonly [string, readonly Partial<LedgerEntry>[], object]>([
    [
      "queued, and as it was then",
      [{ outcome: "queued-for-launch", detail: digest }],
      { kind: "queued", opId: "op-1", by: "ann", at: NOW, isCurrent: true },
    ],
    [
      "queued, and changed since",
      [{ outcome: "queued-for-launch", detail: "x" }],
      { kind: "queued", opId: "op-1", by: "ann", at: NOW, isCurrent: false },
    ],
    [
      "launching",
      [{ outcome: "queued-for-launch" }, { outcome: "launching" }],
      { kind: "launching", opId: "op-1", at: NOW },
    ],
    [
      "launched",
      [{ outcome: "launching" }, { outcome: "launched", detail: "job-9" }],
      { kind: "launched", opId: "op-1", jobId: "job-9", at: NOW },
    ],
    [
      "failed",
      [{ outcome: "launch-failed", detail: "why" }],
      { kind: "failed", opId: "op-1", reason: "why", at: NOW },
    ],
    [
      "unknown",
      [{ outcome: "launch-unknown", detail: "why" }],
      { kind: "unknown", opId: "op-1", reason: "why", at: NOW },
    ],
    [
      "queued anew after a failure",
      [
        { outcome: "launch-failed" },
        { opId: "op-2", outcome: "queued-for-launch", detail: digest },
      ],
      { kind: "queued", opId: "op-2", by: "ann", at: NOW, isCurrent: true },
    ],
  ])("knows a launch that is %s", (_name, entries, state) => {
    expect(facts({ outcome: "applied" }, ...entries).launches.get("a")).toEqual(state);
  });

  it("keeps the launch of a row that is gone, as one that is not current", () => {
    const entry = { experimentId: "gone", outcome: "queued-for-launch", detail: digest } as const;
    expect(facts(entry).launches.get("gone")).toMatchObject({ kind: "queued", isCurrent: false });
  });

  it("names forced results, oldest first, and nothing that only looks like one", () => {
    const forced = {
      command: "/result a value=1 --force",
      detail: "forced: objective_value 2 → 1",
    };
    const list = facts(
      forced,
      { ...forced, at: LATER, actor: "bob" },
      { ...forced, command: "/note a x" },
      { ...forced, command: "/results" },
      { ...forced, detail: "objective_value" },
      { ...forced, outcome: "approved" },
    ).forcedResults;
    const what = "objective_value 2 → 1";
    expect(list).toEqual([
      { experimentId: "a", by: "ann", what, at: NOW },
      { experimentId: "a", by: "bob", what, at: LATER },
    ]);
  });

  it("knows everybody who approved a row as it is now", () => {
    const approved = { outcome: "approved", detail: digest } as const;
    const bob = { actor: "bob", actorId: "8" };
    const queued = { ...approved, ...bob, outcome: "queued-for-launch" } as const;
    const old = { ...approved, actor: "eve", detail: "of another row" };
    const ann = { actor: "ann", actorId: "7" };
    expect(facts(old, approved, queued).approvers.get("a")).toEqual([ann, bob]);
    expect(facts(approved, { detail: "notes" }, queued).approvers.get("a")).toEqual([bob]);
    expect(facts(old).approvers.get("a")).toBeUndefined();
  });

  it("knows who proposed what", () => {
    const { proposers } = facts(
      { command: "/propose a hypothesis=x", detail: "planned" },
      { experimentId: "b", command: "/propose", actor: "bob", actorId: "8" },
      { experimentId: "c", command: "/proposed c" },
      { experimentId: "d", command: "/propose d", outcome: "approved" },
    );
    expect([...proposers]).toEqual([
      ["a", { actor: "ann", actorId: "7" }],
      ["b", { actor: "bob", actorId: "8" }],
    ]);
  });
});
