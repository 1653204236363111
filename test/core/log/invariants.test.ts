import { describe, expect, it } from "vitest";
import { LogError } from "../../../src/core/errors.ts";
import { assertLedgerExtends, assertLogExtends } from "../../../src/core/log/invariants.ts";
import { LOG_PATH, logText, readLog } from "../../builders/log.ts";

const BEFORE = logText([{ status: "running" }, { status: "completed" }, {}]);

function check(after: string, before = BEFORE): void {
  assertLogExtends(readLog(before), readLog(after));
}

describe("assertLogExtends lets pass", () => {
  it.each([
    ["the same log", BEFORE],
    [
      "a legal move, a requeue and a new row",
      logText([{ status: "queued" }, { status: "running" }, { status: "failed" }, {}]),
    ],
    ["a superseded row", logText([{ status: "running" }, { status: "superseded" }, {}])],
    ["a new column at the end", BEFORE.replace(/\n/g, ",x\n").replace("notes,x", "notes,gpu")],
  ])("%s", (_name, after) => {
    expect(() => check(after)).not.toThrow();
  });

  it("anything after an empty log", () => {
    expect(() => check(BEFORE, "")).not.toThrow();
  });
});

describe("assertLogExtends refuses", () => {
  it.each([
    [
      "a lost row",
      logText([{ status: "running" }, { status: "completed" }]),
      'the row of experiment "exp-3" would be lost or moved',
    ],
    [
      "rows in another order",
      logText([
        { experiment_id: "exp-2", status: "completed" },
        { experiment_id: "exp-1", status: "running" },
        { experiment_id: "exp-3" },
      ]),
      'the row of experiment "exp-1" would be lost or moved',
    ],
    [
      "an illegal move",
      logText([{ status: "planned" }, { status: "completed" }, {}]),
      'experiment "exp-1" would go from running to planned',
    ],
    [
      "a status taken away",
      logText([{}, { status: "completed" }, {}]),
      'experiment "exp-1" would go from running to no status',
    ],
    [
      "a lost column",
      BEFORE.replace(/,[^,\n]*\n/g, "\n"),
      'the column "notes" would be lost or moved',
    ],
    ["an empty log", "", 'the column "experiment_id" would be lost or moved'],
  ])("%s", (_name, after, problem) => {
    expect(() => check(after)).toThrow(`${LOG_PATH}: nothing was written: ${problem}`);
    expect(() => check(after)).toThrow(LogError);
  });

  it("a superseded row that comes back", () => {
    const before = logText([{ status: "superseded" }]);
    expect(() => check(logText([{ status: "running" }]), before)).toThrow(/superseded to running/);
  });
});

describe("assertLedgerExtends", () => {
  it.each([
    ["a\n", "a\n", true],
    ["a\n", "a\nb\n", true],
    ["", "a\n", true],
    ["a\nb\n", "a\n", false],
    ["a\n", "b\nb\n", false],
  ])("of %j and %j says %s", (before, after, isExtended) => {
    const assert = () => assertLedgerExtends("l.csv", Buffer.from(before), Buffer.from(after));
    if (isExtended) expect(assert).not.toThrow();
    else expect(assert).toThrow("l.csv: lines of the ledger would be changed or lost");
  });
});
