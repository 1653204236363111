import type { RootContent } from "mdast";
import type { LogDiff } from "../../log/diff.ts";
import { dataCode, heading, type Inline, paragraph } from "../markdown.ts";
import { renderCellTable } from "./cell-table.ts";
import { isDifferent } from "./diff-sentence.ts";
import { countEntries, renderEntries } from "./entries.ts";
import { renderFindings } from "./findings.ts";
import { renderEffect } from "./leaderboard.ts";
import { renderLongTexts, renderWholeRows } from "./long-texts.ts";
import type { ReviewInputForRender } from "./review-comment.ts";
import type { Room } from "./room.ts";
import { renderAdded, renderRemoved } from "./row-table.ts";
import { renderRemarks, renderSentence } from "./sentence.ts";
import { buildEffect, type LeaderboardEffect } from "./standing.ts";

/** A session's review with what is costly to find out, found out once. */
export interface PreparedSession
  extends Pick<ReviewInputForRender, "session" | "review" | "linkTo"> {
  /** `undefined` where a log cannot be read, or nothing of it changed. */
  readonly effect: LeaderboardEffect | undefined;
}

/** Compares the results of both logs, where both are there and something differs. */
export function prepareSession(input: ReviewInputForRender): PreparedSession {
  const { session, review, linkTo, base, head, settings } = input;
  const isCompared = base !== undefined && head !== undefined && hasChanges(review.diff);
  const effect = isCompared ? buildEffect(base, head, settings) : undefined;
  return { session, review, effect, linkTo };
}

/** Whether there is nothing to say of a session: no difference, no finding, no new line of the ledger. */
export function isQuiet({ review }: Pick<ReviewInputForRender, "review">): boolean {
  const { diff, findings } = review;
  const isSame = diff !== undefined && !isDifferent(diff);
  return isSame && findings.length === 0 && countEntries(review) === undefined;
}

/** A session's part of the comment. */
export function renderSession(session: PreparedSession, room: Room): readonly RootContent[] {
  const { review, effect } = session;
  return [
    heading(2, "Session ", dataCode(session.session)),
    ...(review.diff === undefined
      ? [paragraph(UNREADABLE)]
      : [renderSentence(review.diff, effect, countEntries(review))]),
    ...renderFindings(session, room.findings),
    ...renderEntries(review, room.rows),
    ...(review.diff === undefined ? [] : renderChanges(review.diff, room)),
    ...(effect === undefined ? [] : renderEffect(effect, room.rows)),
  ];
}

const UNREADABLE: Inline =
  "The two versions of the log cannot be compared: one of them cannot be read.";

/** What differs, cell by cell. */
export function renderChanges(diff: LogDiff, room: Room): readonly RootContent[] {
  return [
    ...renderRemarks(diff, room.rows),
    ...renderCellTable(diff, room.rows),
    ...renderLongTexts(diff, room),
    ...renderAdded(diff, room.rows),
    ...renderRemoved(diff, room.rows),
    ...renderWholeRows(diff, room),
  ];
}

function hasChanges(diff: LogDiff | undefined): boolean {
  return diff !== undefined && isDifferent(diff);
}
