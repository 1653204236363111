import type { Finding } from "./review.ts";

type Level = Finding["level"];

/** Every finding a review can make: how grave it is, and one line about it. In the order of docs/reviewing.md. */
export const FINDINGS = {
  "log-unreadable": { level: "error", about: "the log cannot be read exactly" },
  "ledger-unreadable": { level: "error", about: "the ledger cannot be read exactly" },
  "settings-invalid": { level: "error", about: "session.yml is not valid" },
  "session-removed": { level: "error", about: "the log of a session is gone" },
  "row-deleted": { level: "error", about: "a row is gone; experiments are never discarded" },
  "id-changed": { level: "error", about: "an experiment has another experiment_id" },
  "column-removed": { level: "error", about: "a column is gone, with what stood in it" },
  "status-reopened": {
    level: "error",
    about: "a finished experiment has another status, and no requeue explains it",
  },
  "status-illegal": { level: "error", about: "a status moved against the table of transitions" },
  "result-edited": {
    level: "error",
    about: "a final objective value or metric was changed without a new correction",
  },
  "ledger-rewritten": { level: "error", about: "the ledger is not an extension of the base's" },
  "ledger-forged": { level: "error", about: "a new line of the ledger that no command writes" },
  "parent-missing": { level: "error", about: "the parent is not in the log" },
  "parent-cycle": { level: "error", about: "experiments are each other's ancestors" },
  "parent-itself": { level: "error", about: "an experiment is its own parent" },
  "value-missing": {
    level: "error",
    about: "completed without an objective value while the objective is set",
  },
  "value-without-metric": { level: "error", about: "an objective value without its metric" },
  "time-backwards": { level: "error", about: "timestamps that run backwards" },
  "time-future": { level: "error", about: "a timestamp in the future" },
  "ledger-approval": {
    level: "warning",
    about: "a new line of the ledger approves or launches an experiment",
  },
  "settings-changed": {
    level: "warning",
    about: "session.yml is gone, or says something else of launches, proposals or the queue",
  },
  "result-rerun": {
    level: "warning",
    about: "a final result was replaced, and the row says that the job ran again",
  },
  "metric-changed-late": {
    level: "warning",
    about: "a metric of a finished experiment without an objective value was changed",
  },
  "rows-reordered": { level: "warning", about: "rows stand in another order" },
  "columns-reordered": { level: "warning", about: "columns stand in another order" },
  "rows-rewritten": {
    level: "warning",
    about: "rows or a header with other bytes and the same cells",
  },
  "created-at-changed": { level: "warning", about: "created_at was changed" },
  "hypothesis-late": { level: "warning", about: "a hypothesis was edited after the launch" },
  "proposals-above-limit": { level: "warning", about: "more open proposals than max-open" },
  "value-too-good": {
    level: "warning",
    about: "a value that improves on the best by more than ten times the noise",
  },
} as const satisfies Readonly<Record<string, { readonly level: Level; readonly about: string }>>;

export type FindingCode = keyof typeof FINDINGS;

/** Where in the head a finding stands. */
export type Place = Pick<Finding, "path" | "line" | "endLine" | "column">;

/** Makes a finding; its code says how grave it is. */
export function createFinding(
  code: FindingCode,
  place: Place & Pick<Finding, "experimentId">,
  sentence: string,
): Finding {
  return { level: FINDINGS[code].level, code, sentence, ...place };
}

const CODES = Object.keys(FINDINGS);

/** Worst first, then by file, line and column, then in the order of the table. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    rankOf(one) - rankOf(other) ||
    Number(one.path > other.path) - Number(one.path < other.path) ||
    compareNumbers(one.line, other.line) ||
    compareNumbers(one.column, other.column) ||
    CODES.indexOf(one.code) - CODES.indexOf(other.code)
  );
}

function rankOf({ level }: Finding): number {
  return level === "error" ? 0 : 1;
}

/** What has no place comes first. */
function compareNumbers(one = 0, other = 0): number {
  return one - other;
}
