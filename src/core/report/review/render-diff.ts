import type { LogDiff } from "../../log/diff.ts";

/** The differences of one log as markdown: a sentence and the tables by experiment and cell. */
export function renderDiffAsMarkdown(_input: { diff: LogDiff; session: string }): string {
  throw new Error("not written yet");
}
