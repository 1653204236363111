import type { Status } from "../log/columns.ts";

/** What an edit did to one row. */
export interface Change {
  readonly kind: "added" | "moved" | "updated";
  readonly experimentId: string;
  /** The status before, for `moved`. */
  readonly from?: Status;
  /** The status after, for `added` and `moved`. */
  readonly to?: Status;
  /** `metric value`, when the edit recorded an objective value. */
  readonly result?: string;
}

/** A running experiment of which nothing is known any more. */
export interface StaleRun {
  readonly experimentId: string;
  /** When it was last known to run, ISO 8601. */
  readonly since: string;
  readonly reason: string;
}
