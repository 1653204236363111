import type { FindingCode } from "../../../../src/core/review/rules.ts";
import { type FileBytes, filesWith, ROWS, type Row, withCells } from "../scene.ts";

/** What a review must say of an edit. */
export interface Expected {
  readonly code: FindingCode;
  /** File of the session's folder. */
  readonly file: string;
  /** Line of that file after the edit; `undefined` where the file is gone. */
  readonly line: number | undefined;
}

/** An edit of a session: its files before and after. */
export interface Edit {
  readonly name: string;
  readonly base: FileBytes;
  readonly head: FileBytes;
  /** All findings, in any order. */
  readonly expected: readonly Expected[];
}

const FILES = {
  log: "experiment_log.csv",
  ledger: "command_log.csv",
  settings: "session.yml",
} as const;

/** A finding in the log, unless another file is named. */
export function at(
  line: number | undefined,
  code: FindingCode,
  file: keyof typeof FILES = "log",
): Expected {
  return { code, file: FILES[file], line };
}

type Change = Parameters<typeof filesWith>[0];

/** An edit of the usual session, or of another one. */
export function edit(
  name: string,
  change: { readonly from?: Change; readonly to: Change },
  ...expected: readonly Expected[]
): Edit {
  const { from, to } = change;
  return { name, base: filesWith(from), head: filesWith({ ...from, ...to }), expected };
}

/** An edit of the cells of one row. */
export function cellEdit(name: string, cells: Row, ...expected: readonly Expected[]): Edit {
  const { experiment_id: id, ...rest } = cells;
  return edit(name, { to: { log: withCells({ [id as string]: rest }) } }, ...expected);
}

/** An edit that adds rows at the end. */
export function addition(
  name: string,
  rows: readonly Row[],
  ...expected: readonly Expected[]
): Edit {
  return edit(name, { to: { log: [...ROWS, ...rows] } }, ...expected);
}

/** An edit of a text of the log. */
export function without(ids: readonly string[], rows: readonly Row[] = ROWS): readonly Row[] {
  return rows.filter((row) => !ids.includes(row["experiment_id"] as string));
}
