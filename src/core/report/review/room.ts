import { LIMITS } from "../limits.ts";

/** How much of each part of a session a review shows. */
export interface Room {
  /** Findings of each level. */
  readonly findings: number;
  /** Rows of a table. */
  readonly rows: number;
  /** Long texts, word by word. */
  readonly texts: number;
  /** Cells of what was added or removed, beside its line in the table. */
  readonly cells: number;
  /** Of what differs in one long text, in UTF-16 units. */
  readonly text: number;
  /** Of one cell of what was added or removed. */
  readonly cell: number;
}

/** Of one text, in a comment. */
const TEXT = { text: 1_500, cell: LIMITS.text } as const;

/** The first that fits is taken: what is folded away gives way first, findings last. */
export const ROOMS: readonly Room[] = [
  { findings: 200, rows: 500, texts: 60, cells: 400, ...TEXT },
  { findings: 200, rows: 500, texts: 20, cells: 0, ...TEXT },
  { findings: 200, rows: 200, texts: 5, cells: 0, ...TEXT },
  { findings: 100, rows: 100, texts: 0, cells: 0, ...TEXT },
  { findings: 50, rows: 30, texts: 0, cells: 0, ...TEXT },
  { findings: 20, rows: 10, texts: 0, cells: 0, ...TEXT },
  { findings: 5, rows: 3, texts: 0, cells: 0, ...TEXT },
];

/** What stays of a session where many changed. */
export const LEAST_ROOM: Room = { findings: 1, rows: 0, texts: 0, cells: 0, ...TEXT };
