import { describe, expect, it } from "vitest";
import {
  renderRowHistory,
  type ShownEvent,
} from "../../../../src/core/report/terminal/render-row-history.ts";

function event(overrides: Partial<ShownEvent> = {}): ShownEvent {
  return {
    commit: "0123456789abcdef0123456789abcdef01234567",
    authoredAt: "2026-11-23T09:30:00Z",
    author: "Ada",
    subject: "mnist: 1 running",
    kind: "changed",
    cells: [{ column: "status", before: "queued", after: "running" }],
    ...overrides,
  };
}

describe("renderRowHistory", () => {
  it("tells commit, author and time, then each cell old → new", () => {
    const cells = [{ column: "notes", before: "", after: "two\nlines" }];
    const gone = [{ column: "notes", before: "two\nlines", after: "" }];
    const shown = renderRowHistory(
      [
        event({ kind: "added", cells }),
        event({ subject: "" }),
        event({ cells: gone }),
        event({ cells }),
        event({ kind: "removed", cells: gone }),
        event({ kind: "unreadable", cells: [], problem: "log.csv:2:1: torn" }),
      ],
      false,
    );
    expect(shown).toBe(
      [
        "2026-11-23T09:30:00Z  0123456789  Ada  mnist: 1 running  added",
        "    notes: two↵lines",
        "",
        "2026-11-23T09:30:00Z  0123456789  Ada",
        "    status: queued → running",
        "",
        "2026-11-23T09:30:00Z  0123456789  Ada  mnist: 1 running",
        "    notes: two↵lines → (empty)",
        "",
        "2026-11-23T09:30:00Z  0123456789  Ada  mnist: 1 running",
        "    notes: (empty) → two↵lines",
        "",
        "2026-11-23T09:30:00Z  0123456789  Ada  mnist: 1 running  removed",
        "    notes: two↵lines",
        "",
        "2026-11-23T09:30:00Z  0123456789  Ada  mnist: 1 running  not readable here",
        "    log.csv:2:1: torn",
      ].join("\n"),
    );
  });

  it("shows nothing of the outside as a terminal or a runner would take it", () => {
    const hostile = "\u001b[31m::error::x\u202e\n##[error]y";
    const cells = [{ column: hostile, before: hostile, after: "x" }];
    const shown = renderRowHistory([event({ author: hostile, subject: hostile, cells })], false);
    for (const live of ["\u001b", "\u202e", "##[", "\n::"]) expect(shown).not.toContain(live);
    expect(shown.split("\n")).toHaveLength(2);
  });

  it("colours what is old and new", () => {
    const shown = renderRowHistory([event()], true);
    expect(shown).toContain("\u001b[31mqueued\u001b[0m → \u001b[32mrunning\u001b[0m");
  });
});
