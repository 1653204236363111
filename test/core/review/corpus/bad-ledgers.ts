import type { LedgerEntry } from "../../../../src/core/command/ledger.ts";
import { ENTRIES, LEDGER_TEXT, line, ROWS, withCells } from "../scene.ts";
import { at, type Edit, edit } from "./edit.ts";

const [first, second, third] = ENTRIES as [LedgerEntry, LedgerEntry, LedgerEntry];
const ledgerOf = (
  name: string,
  ledger: string | readonly LedgerEntry[],
  ...expected: Edit["expected"]
) => edit(name, { to: { ledger } }, ...expected);
const forgery = (name: string, added: LedgerEntry) =>
  ledgerOf(name, [...ENTRIES, added], at(5, "ledger-forged", "ledger"));
const launch = line("op-launch", "/launch exp-7", { experimentId: "exp-7" });

/** Edits of the ledger that a review must object to. */
export const BAD_LEDGERS: readonly Edit[] = [
  edit("the ledger is gone", { to: { ledger: undefined } }, at(1, "ledger-rewritten", "ledger")),
  ledgerOf("the ledger is emptied", [], at(1, "ledger-rewritten", "ledger")),
  ledgerOf("the last line is gone", [first, second], at(3, "ledger-rewritten", "ledger")),
  ledgerOf("a line is gone", [first, third], at(3, "ledger-rewritten", "ledger")),
  ledgerOf(
    "a line says somebody else",
    [first, { ...second, actor: "eve" }, third],
    at(3, "ledger-rewritten", "ledger"),
  ),
  ledgerOf(
    "an approval is of another row",
    [first, second, { ...third, detail: "1".repeat(64) }],
    at(4, "ledger-rewritten", "ledger"),
  ),
  ledgerOf(
    "a line stands between two others",
    [first, { ...second, opId: "op-x" }, second, third],
    at(3, "ledger-rewritten", "ledger"),
  ),
  ledgerOf(
    "lines stand in another order",
    [second, first, third],
    at(2, "ledger-rewritten", "ledger"),
  ),
  ledgerOf(
    "all line ends of the ledger flip to CRLF",
    LEDGER_TEXT.replaceAll("\n", "\r\n"),
    at(1, "ledger-rewritten", "ledger"),
  ),
  edit(
    "the last line, which has no line end, goes on",
    {
      from: { ledger: LEDGER_TEXT.trimEnd() },
      to: { ledger: `${LEDGER_TEXT.trimEnd().slice(0, -1)}Z`.replace(/Z$/, ".5Z") },
    },
    at(4, "ledger-rewritten", "ledger"),
  ),
  edit(
    "the last cell, which has no line end, goes on",
    { from: { ledger: LEDGER_TEXT.trimEnd().slice(0, -10) }, to: { ledger: LEDGER_TEXT } },
    at(4, "ledger-rewritten", "ledger"),
  ),
  ledgerOf(
    "an outcome nobody knows",
    LEDGER_TEXT.replace("approved", "agreed"),
    at(4, "ledger-unreadable", "ledger"),
  ),
  ledgerOf(
    "another header",
    LEDGER_TEXT.replace("actor_id", "id"),
    at(1, "ledger-unreadable", "ledger"),
  ),
  ledgerOf(
    "a conflict marker",
    `${LEDGER_TEXT}<<<<<<< HEAD\n`,
    at(5, "ledger-unreadable", "ledger"),
  ),
  edit(
    "a ledger that could not be read is repaired",
    { from: { ledger: `${LEDGER_TEXT}x\n` }, to: { ledger: LEDGER_TEXT } },
    at(undefined, "ledger-unreadable", "ledger"),
  ),
  forgery(
    "a command about an experiment that does not exist",
    line("op-x", "/note exp-99 hi", { experimentId: "exp-99" }),
  ),
  forgery(
    "an approval with an op_id that nobody made",
    line("op-x", "/approve exp-7", {
      experimentId: "exp-7",
      outcome: "approved",
      opId: "op-12345",
    }),
  ),
  forgery("an approval with another command's op_id", {
    ...line("op-x", "/approve exp-6", { experimentId: "exp-7", outcome: "approved" }),
    command: "/approve exp-7",
  }),
  forgery("a launch that nobody asked for", { ...launch, outcome: "launched", detail: "job-7" }),
  ledgerOf(
    "an approval that a command may have written",
    [...ENTRIES, line("op-x", "/approve exp-7", { experimentId: "exp-7", outcome: "approved" })],
    at(5, "ledger-approval", "ledger"),
  ),
  edit(
    "a launch",
    {
      to: {
        log: withCells({ "exp-7": { status: "queued", queue_job_id: "job-7" } }),
        ledger: [
          ...ENTRIES,
          { ...launch, outcome: "queued-for-launch", detail: "3".repeat(64) },
          { ...launch, outcome: "launching", detail: "run 1" },
          { ...launch, outcome: "launched", detail: "job-7" },
        ],
      },
    },
    at(5, "ledger-approval", "ledger"),
    at(7, "ledger-approval", "ledger"),
  ),
  forgery(
    "an approval by a note",
    line("op-x", "/note exp-7 fine", { experimentId: "exp-7", outcome: "approved" }),
  ),
  forgery(
    "a line that is applied of an approval",
    line("op-x", "/approve exp-7", { experimentId: "exp-7" }),
  ),
  forgery("an approval that is copied for another row", { ...third, experimentId: "exp-6" }),
  forgery("an approval that is copied for the row as it is now", {
    ...third,
    detail: "2".repeat(64),
  }),
  ledgerOf(
    "a line from the future",
    [
      ...ENTRIES,
      line("op-x", "/note exp-7 hi", { experimentId: "exp-7", at: "2999-01-01T00:00:00Z" }),
    ],
    at(5, "time-future", "ledger"),
  ),
  edit(
    "a result that is forced for another row",
    {
      to: {
        log: withCells({ "exp-4": { objective_value: "0.38" } }, ROWS),
        ledger: [
          ...ENTRIES,
          line("op-x", "/result exp-1 value=0.38 --force", { detail: "forced: x" }),
        ],
      },
    },
    at(6, "result-edited"),
  ),
  edit(
    "a result that is changed by a command without --force",
    {
      to: {
        log: withCells({ "exp-4": { objective_value: "0.38" } }),
        ledger: [
          ...ENTRIES,
          line("op-x", "/result exp-4 value=0.38", {
            experimentId: "exp-4",
            detail: "objective_value",
          }),
        ],
      },
    },
    at(6, "result-edited"),
  ),
  edit(
    "a hypothesis of a row that is being launched",
    {
      from: {
        ledger: [
          ...ENTRIES,
          { ...launch, outcome: "queued-for-launch" },
          { ...launch, outcome: "launching" },
        ],
      },
      to: { log: withCells({ "exp-7": { hypothesis: "Dropout helps." } }) },
    },
    at(9, "hypothesis-late"),
  ),
];
