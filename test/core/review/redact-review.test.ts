import { expect, test } from "vitest";
import { redactDiff, redactReview, redactTable } from "../../../src/core/review/redact-review.ts";
import { ledgerEntry } from "../../builders/apply.ts";
import { logText, readLog } from "../../builders/log.ts";

const redact = (text: string) => text.replaceAll("hunter2", "[redacted]");
const row = (before: string, after: string) => ({
  experimentId: "a",
  row: 0,
  cells: [{ column: "notes", before, after }],
});
const diff = {
  added: [row("", "hunter2")],
  changed: [row("x hunter2", "y hunter2")],
  removed: [row("hunter2", "")],
  rewritten: [],
  isReordered: false,
  isHeaderRewritten: false,
  columnsAdded: [],
  columnsRemoved: [],
};

test("a difference is shown without the secrets of its cells", () => {
  expect(JSON.stringify(redactDiff(diff, redact))).not.toContain("hunter2");
});

test("a review is shown without secrets, with a log or without", () => {
  const finding = { level: "error", code: "x", sentence: 'is "hunter2"', path: "a.csv" } as const;
  const review = { session: "mnist", findings: [finding], diff };
  expect(JSON.stringify(redactReview(review, redact))).not.toContain("hunter2");
  expect(redactReview({ ...review, diff: undefined }, redact).diff).toBeUndefined();
});

test("new lines of the ledger are shown without secrets", () => {
  const newEntries = [ledgerEntry({ command: "/note exp-1 hunter2" })];
  const review = { session: "mnist", findings: [], diff, newEntries };
  expect(redactReview(review, redact).newEntries).toMatchObject([
    { command: "/note exp-1 [redacted]", actor: "ann" },
  ]);
});

test("a log is read without secrets", () => {
  const table = redactTable(readLog(logText([{ notes: "hunter2" }])), redact);
  expect(table.cell(0, "notes")).toBe("[redacted]");
});
