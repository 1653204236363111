import type { Status } from "./columns.ts";

/** Who says that a status changed. */
export type Source = "queue" | "person";

/** What becomes of a row's status. */
export type StatusDecision =
  | { readonly kind: "keep" }
  | {
      readonly kind: "move";
      readonly to: Status;
      /** Only a requeue explains the move: what was recorded of the attempt before no longer holds. */
      readonly isReopened: boolean;
    }
  | { readonly kind: "ignore"; readonly reason: string };

const QUEUE_MOVES: Readonly<Record<Status, ReadonlySet<Status>>> = {
  planned: new Set(["queued", "running", "completed", "failed", "cancelled"]),
  queued: new Set(["running", "completed", "failed", "cancelled"]),
  running: new Set(["completed", "failed", "cancelled"]),
  completed: new Set(),
  failed: new Set(),
  cancelled: new Set(),
  superseded: new Set(),
};

/** Moves that only a queue's requeue of the same job explains. */
const REQUEUE_MOVES: Readonly<Partial<Record<Status, ReadonlySet<Status>>>> = {
  running: new Set(["queued"]),
  completed: new Set(["queued", "running", "completed", "failed", "cancelled"]),
  failed: new Set(["queued", "running", "completed", "failed", "cancelled"]),
  cancelled: new Set(["queued", "running", "completed", "failed", "cancelled"]),
};

/**
 * The table of docs/log.md, "Transitions".
 *
 * @param from the row's status; `undefined` for a row that has none yet
 * @param isRequeue the queue reports the same job started anew after it ended, or waiting again
 */
export function nextStatus(
  from: Status | undefined,
  to: Status,
  said: { readonly by: Source; readonly isRequeue: boolean },
): StatusDecision {
  if (from === undefined) return { kind: "move", to, isReopened: false };
  if (said.isRequeue && said.by === "queue" && REQUEUE_MOVES[from]?.has(to) === true) {
    return { kind: "move", to, isReopened: true };
  }
  if (from === to) return { kind: "keep" };
  const isLegal = QUEUE_MOVES[from].has(to) || (said.by === "person" && to === "superseded");
  if (isLegal) return { kind: "move", to, isReopened: false };
  return { kind: "ignore", reason: reasonAgainst(from, to, said.by) };
}

function reasonAgainst(from: Status, to: Status, by: Source): string {
  if (from === "superseded") return "a superseded experiment stays superseded";
  if (to === "planned") return "an experiment that has been queued does not become planned again";
  if (QUEUE_MOVES[from].size === 0) {
    return by === "queue"
      ? `it is ${from} already; only a requeue that started after it ended reopens it`
      : `it is ${from} already; only the queue reopens a finished experiment, by a requeue`;
  }
  return `${from} does not become ${to}`;
}
