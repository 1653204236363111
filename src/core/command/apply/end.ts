import { statusWords } from "../../log/status-words.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { mayHaveStarted } from "../facts.ts";
import { type Bench, launchOf } from "./bench.ts";
import { appendLine, editRow, refuseMove, signed } from "./edit-row.ts";
import { findRows } from "./find-rows.ts";
import { noteJob } from "./note-job.ts";
import { readWords } from "./read-words.ts";
import { type Complaint, done, type Handler, type RowEffect, refuse } from "./verdict.ts";

/** `/reject` and `/cancel`: the row stays, as cancelled, with the reason. */
export const end: Handler<"reject" | "cancel"> = (bench, command) => {
  const said = readWords(bench.draft, command);
  const { rows, complaints } = findRows(bench, said.ids);
  const refuseRow = command.name === "reject" ? refuseReject : refuseCancel;
  const wrong = [
    ...said.complaints,
    ...complaints,
    ...rows.flatMap((row) => refuseRow(bench, row)),
  ];
  if (wrong.length > 0) return refuse(...wrong);
  const verb = command.name === "reject" ? "rejected" : "cancelled";
  const notes = rows.flatMap((row) => noteJob(bench, row));
  return done(
    rows.map((row) => endRow(bench, row, { verb, reason: bench.redact(said.reason) })),
    notes,
  );
};

function refuseReject(bench: Bench, row: number): readonly Complaint[] {
  const { draft } = bench;
  const id = draft.cell(row, "experiment_id");
  const isPlanned = draft.holds(row, "status", "planned");
  if (isPlanned && !mayHaveStarted(launchOf(bench, id))) return [];
  const state = isPlanned ? "launched already, or may be" : statusWords(draft, row);
  const sentence = `experiment ${quoteUntrusted(id)} is ${state}; only open proposals are rejected. To stop it, use ${bench.wordOf("cancel")}.`;
  return [{ sentence, word: id }];
}

function refuseCancel(bench: Bench, row: number): readonly Complaint[] {
  const { draft } = bench;
  if (!draft.holds(row, "status", "cancelled")) return refuseMove(bench, row, "cancelled");
  const id = draft.cell(row, "experiment_id");
  return [{ sentence: `experiment ${quoteUntrusted(id)} is cancelled already.`, word: id }];
}

function endRow(
  bench: Bench,
  row: number,
  why: { readonly verb: string; readonly reason: string },
): RowEffect {
  const { draft, author, now } = bench;
  const summary = `${why.verb} by ${author.login}: ${why.reason}`;
  const note = signed(bench, `${why.verb}: ${why.reason}`);
  const isRunning = !draft.isEmpty(row, "started_at") && draft.isEmpty(row, "ended_at");
  return editRow(bench, row, {
    status: "cancelled",
    ...(draft.isEmpty(row, "result_summary")
      ? { result_summary: summary }
      : { notes: appendLine(draft.cell(row, "notes"), note) }),
    ...(isRunning ? { ended_at: now } : {}),
  });
}
