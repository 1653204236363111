import type { LogTable } from "../../log/table.ts";
import type { Review } from "../../review/review.ts";
import type { SessionSettings } from "../../session/settings.ts";
import type { Redactor } from "../../text/redact.ts";

/** One session of a pull request: what a review found, and the two logs it compared. */
export interface ReviewInputForRender {
  readonly session: string;
  readonly review: Review;
  /** `undefined` where there is no log, or one that cannot be read. */
  readonly base: LogTable | undefined;
  readonly head: LogTable | undefined;
  /** Those that it was judged by. */
  readonly settings: SessionSettings;
  /** Takes out what its session hides. */
  readonly redact: Redactor;
  /** The address of a file at the head, at a line where one is known; an address of ours, never data. */
  readonly linkTo: (path: string, line: number | undefined) => string;
}

/** What the review of a pull request says, in its comment and in the job summary. */
export interface ReviewComment {
  /** In the order they are shown. */
  readonly reviews: readonly ReviewInputForRender[];
  /** Takes secrets out of outside text. */
  readonly redact: Redactor;
}
