import type { LogDiff } from "../log/diff.ts";

/** What is shown in a terminal, and how. */
export interface TerminalDiff {
  readonly diff: LogDiff;
  readonly session: string;
  /** Whether escape sequences may be written; the caller knows of pipes and NO_COLOR. */
  readonly color: boolean;
  /** Characters of a line; default 100. */
  readonly width?: number;
}

/** The differences of one log for a terminal; what is outside text shows no control character. */
export function renderDiffForTerminal(_input: TerminalDiff): string {
  throw new Error("not written yet");
}
