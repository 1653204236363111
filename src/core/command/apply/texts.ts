import { statusWords } from "../../log/status-words.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import type { Command } from "../command.ts";
import { mayHaveStarted } from "../facts.ts";
import { type Bench, launchOf } from "./bench.ts";
import { appendLine, editRow, signed } from "./edit-row.ts";
import { findRows } from "./find-rows.ts";
import { done, type Handler, refuse, type Verdict } from "./verdict.ts";

type TextCommand = Extract<Command, { readonly name: "hypothesis" | "note" | "next-action" }>;

/** `/hypothesis`: what is expected, before it is known. */
export const setHypothesis: Handler<TextCommand["name"]> = (bench, command) =>
  withRow(bench, command, (row) => {
    const { draft } = bench;
    const id = quoteUntrusted(command.id);
    const isPlanned = draft.holds(row, "status", "planned");
    if (!isPlanned || mayHaveStarted(launchOf(bench, command.id))) {
      const state = isPlanned ? "being launched" : statusWords(draft, row);
      return refuse({
        sentence: `experiment ${id} is ${state}, and a hypothesis is recorded before the launch. Use ${bench.wordOf("note")} for what you think of it now.`,
        word: command.id,
      });
    }
    return done([editRow(bench, row, { hypothesis: bench.redact(command.text) })]);
  });

/** `/note`: one more note, signed. */
export const addNote: Handler<TextCommand["name"]> = (bench, command) =>
  withRow(bench, command, (row) => {
    const note = signed(bench, bench.redact(command.text));
    const notes = appendLine(bench.draft.cell(row, "notes"), note);
    return done([editRow(bench, row, { notes })]);
  });

/** `/next-action`: what to do next. */
export const setNextAction: Handler<TextCommand["name"]> = (bench, command) =>
  withRow(bench, command, (row) =>
    done([editRow(bench, row, { next_action: bench.redact(command.text) })]),
  );

function withRow(bench: Bench, command: TextCommand, edit: (row: number) => Verdict): Verdict {
  const { rows, complaints } = findRows(bench, [command.id]);
  const [row] = rows;
  return row === undefined ? refuse(...complaints) : edit(row);
}
