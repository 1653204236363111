import type { Paragraph } from "mdast";
import type { LogDiff } from "../../log/diff.ts";
import { redactDiff } from "../../review/redact-review.ts";
import type { Redactor } from "../../text/redact.ts";
import { createPrintedSerialiser, dataCode, heading, paragraph, strong } from "../markdown.ts";
import { type DiffSide, isDifferent, NO_DIFFERENCE } from "./diff-sentence.ts";
import type { Room } from "./room.ts";
import { renderSentence } from "./sentence.ts";
import { renderChanges } from "./session.ts";

/** Nothing is left out: a file or a pipe has room. */
const ROOM: Room = {
  findings: 0,
  rows: Infinity,
  texts: Infinity,
  cells: Infinity,
  text: Infinity,
  cell: Infinity,
};

/** The differences of one log as markdown, to be printed: a sentence and the tables by experiment and cell. */
export function renderDiffAsMarkdown(input: {
  readonly diff: LogDiff;
  readonly session: string;
  /** Who has the session. */
  readonly side: DiffSide;
  /** Takes secrets out of outside text. */
  readonly redact: Redactor;
}): string {
  const { session, side, redact } = input;
  const diff = redactDiff(input.diff, redact);
  const content = [
    heading(2, "Session ", dataCode(session)),
    isDifferent(diff) ? renderSentence(diff, undefined) : renderNothing(side),
    ...renderChanges(diff, ROOM),
  ];
  return `${createPrintedSerialiser(redact)(content)}\n`;
}

function renderNothing(side: DiffSide): Paragraph {
  const sentence = NO_DIFFERENCE[side];
  return paragraph(strong(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`));
}
