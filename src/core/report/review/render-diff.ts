import type { LogDiff } from "../../log/diff.ts";
import type { Redactor } from "../../text/redact.ts";
import { createSerialiser, dataCode, heading } from "../markdown.ts";
import { renderSentence } from "./sentence.ts";
import { renderChanges } from "./session.ts";

/** Nothing is left out: a file or a pipe has room. */
const ROOM = { findings: 0, rows: Infinity, texts: Infinity, cells: Infinity } as const;

/** The differences of one log as markdown: a sentence and the tables by experiment and cell. */
export function renderDiffAsMarkdown(input: {
  readonly diff: LogDiff;
  readonly session: string;
  /** Takes secrets out of outside text. */
  readonly redact: Redactor;
}): string {
  const { diff, session, redact } = input;
  const content = [
    heading(2, "Session ", dataCode(session)),
    renderSentence(diff, undefined),
    ...renderChanges(diff, ROOM),
  ];
  return `${createSerialiser(redact)(content)}\n`;
}
