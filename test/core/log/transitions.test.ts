import { describe, expect, it } from "vitest";
import { STATUSES, type Status } from "../../../src/core/log/columns.ts";
import { nextStatus } from "../../../src/core/log/transitions.ts";

/**
 * What becomes of a status, one letter a cell, in the order of the columns: `m` moves, `k` keeps, `i` is ignored,
 * `r` reopens. Columns: planned queued running completed failed cancelled superseded.
 */
const TABLE: Readonly<Record<Status, Readonly<Record<"person" | "queue" | "requeue", string>>>> = {
  planned: { person: "kmmmmmm", queue: "kmmmmmi", requeue: "kmmmmmi" },
  queued: { person: "ikmmmmm", queue: "ikmmmmi", requeue: "ikmmmmi" },
  running: { person: "iikmmmm", queue: "iikmmmi", requeue: "irkmmmi" },
  completed: { person: "iiikiim", queue: "iiikiii", requeue: "irrrrri" },
  failed: { person: "iiiikim", queue: "iiiikii", requeue: "irrrrri" },
  cancelled: { person: "iiiiikm", queue: "iiiiiki", requeue: "irrrrri" },
  superseded: { person: "iiiiiik", queue: "iiiiiik", requeue: "iiiiiik" },
};

const SAYINGS = {
  person: { by: "person", isRequeue: false },
  queue: { by: "queue", isRequeue: false },
  requeue: { by: "queue", isRequeue: true },
} as const;

function letterOf(from: Status, to: Status, said: keyof typeof SAYINGS): string {
  const decision = nextStatus(from, to, SAYINGS[said]);
  if (decision.kind !== "move") return decision.kind.slice(0, 1);
  expect(decision.to).toBe(to);
  return decision.isReopened ? "r" : "m";
}

describe("nextStatus", () => {
  it.each(STATUSES)("decides every move from %s as the table says", (from) => {
    for (const said of ["person", "queue", "requeue"] as const) {
      const letters = STATUSES.map((to) => letterOf(from, to, said)).join("");
      expect(`${said}: ${letters}`).toBe(`${said}: ${TABLE[from][said]}`);
    }
  });

  it("gives a person no requeue: the same as without one", () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        expect(nextStatus(from, to, { by: "person", isRequeue: true })).toEqual(
          nextStatus(from, to, { by: "person", isRequeue: false }),
        );
      }
    }
  });

  it("lets a row without a status take any", () => {
    for (const to of STATUSES) {
      expect(nextStatus(undefined, to, { by: "queue", isRequeue: true })).toEqual({
        kind: "move",
        to,
        isReopened: false,
      });
    }
  });

  it.each([
    ["superseded", "running", "queue", "a superseded experiment stays superseded"],
    [
      "running",
      "planned",
      "person",
      "an experiment that has been queued does not become planned again",
    ],
    [
      "completed",
      "running",
      "queue",
      "it is completed already; only a requeue that started after it ended reopens it",
    ],
    [
      "failed",
      "completed",
      "person",
      "it is failed already; only the queue reopens a finished experiment, by a requeue",
    ],
    ["running", "queued", "queue", "running does not become queued"],
  ] as const)("says why %s does not become %s for a %s", (from, to, by, reason) => {
    expect(nextStatus(from, to, { by, isRequeue: false })).toEqual({ kind: "ignore", reason });
  });
});
