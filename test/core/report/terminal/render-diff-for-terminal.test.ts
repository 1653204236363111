import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDiffForTerminal } from "../../../../src/core/report/terminal/render-diff-for-terminal.ts";
import type { Cells } from "../../../builders/log-table.ts";
import { logDiff } from "../../../builders/review.ts";
import { PAYLOADS } from "../hostile-payloads.ts";

const LONG =
  "Warm up for 500 steps, then decay by a cosine to a tenth of the peak, as exp-001 showed.";

const BEFORE: readonly Cells[] = [
  { status: "running", hypothesis: LONG, notes: "old" },
  { status: "failed" },
];
const AFTER: readonly Cells[] = [
  { status: "completed", objective_value: "0.38", hypothesis: LONG.replace("500", "1,000") },
  { experiment_id: "exp-003", status: "planned", owner: "mira" },
];
const DIFF = logDiff(BEFORE, AFTER, {
  isReordered: true,
  isHeaderRewritten: true,
  columnsAdded: ["gpu", "no\u001bde"],
  columnsRemoved: ["cpu"],
  rewritten: [
    { experimentId: "exp-007", row: 6 },
    { experimentId: "exp-008", row: 7 },
  ],
});

const PLAIN = `mnist: 1 experiment added, 1 updated, 1 removed
! Columns added: gpu, no\\u001bde
! Columns removed: cpu
! Rows that stay stand in another order
! The header is written another way with the same columns
! 2 rows are written another way with the same cells: exp-007, exp-008

+ exp-003
    experiment_id: exp-003
    status: planned
    created_at: 2026-03-01T00:00:00Z
    updated_at: 2026-03-01T00:00:00Z
    owner: mira

~ exp-001
    status: running → completed
    objective_value: (empty) → 0.38
    hypothesis: Warm up for [-500-]{+1,000+} steps, then decay by a cosine to a tenth of the peak, as exp-001 showed.
    notes: old → (empty)

- exp-002
    experiment_id: exp-002
    status: failed
    created_at: 2026-03-01T00:00:00Z
    updated_at: 2026-03-01T00:00:00Z`;

describe("a difference in a terminal", () => {
  test("says what differs, by experiment and cell", () => {
    expect(
      renderDiffForTerminal({ side: "both", diff: DIFF, session: "mnist", color: false }),
    ).toBe(PLAIN);
  });

  test("has the same words in colour", () => {
    const shown = renderDiffForTerminal({
      side: "both",
      diff: DIFF,
      session: "mnist",
      color: true,
    });
    for (const part of [
      "\u001b[1mmnist: 1 experiment added",
      "\u001b[32m+ exp-003\u001b[0m",
      "\u001b[31mrunning\u001b[0m → \u001b[32mcompleted\u001b[0m",
      "\u001b[31m[-500-]\u001b[0m\u001b[32m{+1,000+}\u001b[0m",
      "\u001b[31m    status: failed\u001b[0m",
    ]) {
      expect(shown).toContain(part);
    }
    expect(shown.replaceAll(COLOURS, "")).toBe(PLAIN);
  });

  test("goes word by word where a line is too narrow", () => {
    const shown = renderDiffForTerminal({
      side: "both",
      diff: DIFF,
      session: "mnist",
      color: false,
      width: 20,
    });
    expect(shown).toContain("    status: [-running-]{+completed+}\n");
  });

  test.each([
    ["head", "mnist: the session is new; its log holds no experiment"],
    ["base", "mnist: the session is gone; its log held no experiment"],
  ] as const)("says of an empty session that only %s has that it differs", (side, sentence) => {
    const diff = logDiff(BEFORE, BEFORE);
    expect(renderDiffForTerminal({ diff, session: "mnist", side, color: false })).toBe(sentence);
  });

  test("is one sentence where nothing differs", () => {
    const diff = logDiff(BEFORE, BEFORE);
    expect(renderDiffForTerminal({ side: "both", diff, session: "mnist", color: true })).toBe(
      "mnist: nothing of the log changed",
    );
  });
});

/** The escape sequences that are ours. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(?:0|1|31|32)m`, "g");
const HIDDEN = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Cs}\u200b\u200c\ufeff]/u;

function expectSafe(text: string): void {
  const before: Cells = { experiment_id: text, hypothesis: `${text} before`, owner: `##${text}` };
  const after: Cells = { experiment_id: text, hypothesis: `after ${text}`, owner: `##[${text}` };
  const diff = logDiff(
    [before, { experiment_id: `${text}1`, notes: text }],
    [after, { experiment_id: `${text}2`, notes: text }],
    { columnsAdded: [text], rewritten: [{ experimentId: text, row: 0 }] },
  );
  for (const color of [false, true]) {
    const shown = renderDiffForTerminal({ side: "both", diff, session: text, color, width: 40 });
    const plain = shown.replaceAll(COLOURS, "");
    expect(plain).not.toMatch(HIDDEN);
    expect(shown).not.toContain("##[");
    for (const line of plain.split("\n")) expect(line.trimStart()).not.toMatch(/^::/);
  }
}

test.each([...PAYLOADS, "##", "#", "[group]x"])("%j is harmless in a terminal", (payload) => {
  expectSafe(payload);
});

test("random texts are harmless in a terminal", () => {
  const pieces = fc.constantFrom("#", "##", "[", "::", " ", "\n", "\u001b[31m", "a", "\u202e");
  const text = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(fc.property(fc.oneof(text, fc.string({ unit: "binary" })), expectSafe), {
    numRuns: 300,
  });
});
