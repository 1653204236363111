import { BAD_LEDGERS } from "./corpus/bad-ledgers.ts";
import { BAD_LOGS } from "./corpus/bad-logs.ts";
import { BAD_ROWS } from "./corpus/bad-rows.ts";
import { LEGAL } from "./corpus/legal.ts";

/** Changes of a session that a review must object to, each with all that it must say. */
export const BAD_EDITS = [...BAD_LOGS, ...BAD_ROWS, ...BAD_LEDGERS];

/** Changes of a session that a review must not object to. */
export const LEGAL_EDITS = LEGAL;

export type { Edit } from "./corpus/edit.ts";
