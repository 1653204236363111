import type { LogDiff } from "../../log/diff.ts";

/** What is worth a line beside the rows; names are outside text. */
export interface DiffRemark {
  readonly sentence: string;
  readonly noun: "column" | "experiment";
  readonly names: readonly string[];
}

/** How many experiments differ: `2 experiments added, 3 updated, 0 removed`. */
export function renderCounts({ added, changed, removed }: LogDiff): string {
  const noun = added.length === 1 ? "experiment" : "experiments";
  return `${added.length} ${noun} added, ${changed.length} updated, ${removed.length} removed`;
}

/** What differs besides the cells of rows. */
export function diffRemarks(diff: LogDiff): readonly DiffRemark[] {
  const { columnsAdded, columnsRemoved, isReordered, isHeaderRewritten, rewritten } = diff;
  const rows = rewritten.length === 1 ? "1 row is" : `${rewritten.length} rows are`;
  const remarks: readonly (DiffRemark & { readonly isThere: boolean })[] = [
    {
      isThere: columnsAdded.length > 0,
      sentence: "Columns added",
      noun: "column",
      names: columnsAdded,
    },
    {
      isThere: columnsRemoved.length > 0,
      sentence: "Columns removed",
      noun: "column",
      names: columnsRemoved,
    },
    {
      isThere: isReordered,
      sentence: "Rows that stay stand in another order",
      noun: "experiment",
      names: [],
    },
    {
      isThere: isHeaderRewritten,
      sentence: "The header is written another way with the same columns",
      noun: "column",
      names: [],
    },
    {
      isThere: rewritten.length > 0,
      sentence: `${rows} written another way with the same cells`,
      noun: "experiment",
      names: rewritten.map(({ experimentId }) => experimentId),
    },
  ];
  return remarks
    .filter(({ isThere }) => isThere)
    .map(({ sentence, noun, names }) => ({ sentence, noun, names }));
}

/** Which sides of a comparison have the session. */
export type DiffSide = "both" | "base" | "head";

/** What is said of a log in which nothing differs: a session may still be on one side only. */
export const NO_DIFFERENCE: Readonly<Record<DiffSide, string>> = {
  both: "nothing of the log changed",
  base: "the session is gone; its log held no experiment",
  head: "the session is new; its log holds no experiment",
};

/** Whether anything of the log differs. */
export function isDifferent(diff: LogDiff): boolean {
  const { added, changed, removed } = diff;
  return added.length + changed.length + removed.length + diffRemarks(diff).length > 0;
}
