import type { RowEvent } from "../../history/build-row-changes.ts";
import type { CellChange } from "../../log/diff.ts";
import { showCell, showCells } from "../review/show-cell.ts";
import { type Paint, paintFor } from "./paint.ts";

/** A change of a row as it is shown. */
export interface ShownEvent extends Omit<RowEvent, "commit"> {
  readonly commit: string;
  /** ISO 8601 UTC. */
  readonly authoredAt: string;
  readonly author: string;
  readonly subject: string;
}

const WORDS: Readonly<Record<RowEvent["kind"], string>> = {
  added: "added",
  changed: "",
  removed: "removed",
  unreadable: "not readable here",
};
const SHORT_COMMIT = 10;

/** The changes of a row for a terminal, in their order: commit, author and time, then cell by cell old → new. */
export function renderRowHistory(events: readonly ShownEvent[], color: boolean): string {
  const paint = paintFor(color);
  return events.map((event) => renderEvent(event, paint)).join("\n\n");
}

function renderEvent(event: ShownEvent, paint: Paint): string {
  const { kind, commit, authoredAt, author, subject, problem } = event;
  const texts = [authoredAt, commit.slice(0, SHORT_COMMIT), author, subject, WORDS[kind]];
  const title = texts.filter((text) => text !== "").map(showCell);
  return [
    paint("strong", title.join("  ")),
    ...(problem === undefined ? [] : [paint("plain", `    ${showCell(problem)}`)]),
    ...event.cells.map((cell) => renderCell(cell, kind, paint)),
  ].join("\n");
}

function renderCell(
  { column, before, after }: CellChange,
  kind: RowEvent["kind"],
  paint: Paint,
): string {
  const start = paint("plain", `    ${showCell(column)}: `);
  if (kind === "added") return start + paint("added", showCell(after));
  if (kind === "removed") return start + paint("removed", showCell(before));
  const [old, young] = showCells(before, after);
  const shown = [paint("removed", old || "(empty)"), paint("added", young || "(empty)")];
  return start + shown.join(" → ");
}
