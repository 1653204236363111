import { quoteUntrusted } from "../../text/safe-log.ts";
import { editRow } from "./edit-row.ts";
import { findRows } from "./find-rows.ts";
import { noteJob } from "./note-job.ts";
import { type Complaint, done, type Handler, refuse } from "./verdict.ts";

/** `/supersede`: another experiment takes the row's place. */
export const supersede: Handler<"supersede"> = (bench, { id, by }) => {
  const { draft } = bench;
  if (id === by) return refuse(bySelf(id));
  const { rows, complaints } = findRows(bench, [id, by]);
  const [row] = rows;
  if (row === undefined || complaints.length > 0 || rows.length < 2) return refuse(...complaints);
  if (draft.holds(row, "status", "superseded")) {
    return refuse({
      sentence: `experiment ${quoteUntrusted(id)} is superseded already.`,
      word: id,
    });
  }
  const notes = noteJob(bench, row);
  const effect = editRow(bench, row, {
    status: "superseded",
    ...(draft.isEmpty(row, "result_summary") ? { result_summary: `superseded by ${by}` } : {}),
  });
  return done([{ ...effect, detail: `${effect.detail}, by ${by}` }], notes);
};

function bySelf(id: string): Complaint {
  return {
    sentence: `experiment ${quoteUntrusted(id)} cannot be superseded by itself. Name the one that takes its place.`,
    word: id,
  };
}
