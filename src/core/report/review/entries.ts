import type { RootContent } from "mdast";
import type { LedgerEntry } from "../../command/ledger.ts";
import type { Review } from "../../review/review.ts";
import { shortenText } from "../../text/escape.ts";
import { LIMITS } from "../limits.ts";
import { code, data, dataCode, heading, type TableColumn, table } from "../markdown.ts";
import { experimentName } from "./cell-table.ts";
import { renderRest } from "./rest.ts";
import { showCell } from "./show-cell.ts";

const COLUMNS: readonly TableColumn<LedgerEntry>[] = [
  { head: "Actor", cell: ({ actor }) => data(show(actor)) },
  { head: "Command", cell: ({ command }) => dataCode(show(command)) },
  {
    head: "Experiment",
    cell: ({ experimentId }) => (experimentId === "" ? "" : experimentName(experimentId)),
  },
  { head: "Outcome", cell: ({ outcome }) => code(outcome) },
];

/** The lines that the ledger got, in file order; at most `most`, and a sentence for the others. */
export function renderEntries(
  { newEntries = [] }: Pick<Review, "newEntries">,
  most: number,
): readonly RootContent[] {
  if (newEntries.length === 0) return [];
  const shown = newEntries.slice(0, most);
  return [
    heading(3, "Added to the ledger"),
    ...(shown.length > 0 ? [table(COLUMNS, shown)] : []),
    ...renderRest(newEntries.length, shown.length, "line"),
  ];
}

/** How many lines the ledger got: `2 lines added to the ledger`; nothing for none. */
export function countEntries({ newEntries = [] }: Pick<Review, "newEntries">): string | undefined {
  const count = newEntries.length;
  return count === 0 ? undefined : `${count} line${count === 1 ? "" : "s"} added to the ledger`;
}

function show(text: string): string {
  return shortenText(showCell(text), LIMITS.cell);
}
