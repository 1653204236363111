import { HEADER, LOG_TEXT, newRow, ROWS, type Row, textOf, withCells } from "../scene.ts";
import { addition, at, cellEdit, type Edit, edit, without } from "./edit.ts";

const lines = LOG_TEXT.split("\n");
/** The log with text put in front of a line. */
const insert = (line: number, text: string) => lines.toSpliced(line - 1, 0, text).join("\n");
const logOf = (name: string, log: string, ...expected: Edit["expected"]) =>
  edit(name, { to: { log } }, ...expected);
const renamed = (column: string, to: string) => LOG_TEXT.replace(column, to);
const withoutColumn = (column: string) => HEADER.filter((name) => name !== column);
const quoteAll = (row: Row) =>
  HEADER.map((column) => `"${(row[column] ?? "").replaceAll('"', '""')}"`);
const requoted = (ids: readonly string[]) =>
  [
    HEADER.join(","),
    ...ROWS.map((row) =>
      ids.includes(row["experiment_id"] as string)
        ? quoteAll(row).join(",")
        : textOf([row]).split("\n").slice(1).join("\n").trimEnd(),
    ),
  ]
    .map((record) => `${record}\n`)
    .join("");
const ids = ROWS.map((row) => row["experiment_id"] as string);

/** Edits after which the log cannot be read, or is not what it was beside its cells. */
export const BAD_LOGS: readonly Edit[] = [
  logOf("an open quote", LOG_TEXT.replace("job-4", '"job-4'), at(6, "log-unreadable")),
  logOf("text behind a quote", LOG_TEXT.replace('so far"', 'so far"!'), at(6, "log-unreadable")),
  logOf("a quote in a plain cell", LOG_TEXT.replace("job-4", 'job"4'), at(6, "log-unreadable")),
  logOf("a cell too many", LOG_TEXT.replace("job-5", "job-5,"), at(7, "log-unreadable")),
  logOf("a cell too few", LOG_TEXT.replace("exp-6,", "exp-6"), at(8, "log-unreadable")),
  logOf("an empty line", insert(7, ""), at(7, "log-unreadable")),
  logOf("a conflict marker of ours", insert(3, "<<<<<<< HEAD"), at(3, "log-unreadable")),
  logOf("a conflict marker of theirs", insert(8, ">>>>>>> main"), at(8, "log-unreadable")),
  logOf(
    "a conflict marker of the base",
    insert(9, "||||||| 1234567\n<<<<<<< x"),
    at(9, "log-unreadable"),
  ),
  logOf("the line between two sides of a conflict", insert(9, "======="), at(9, "log-unreadable")),
  logOf("a NUL byte", LOG_TEXT.replace("job-5", "job\0-5"), at(7, "log-unreadable")),
  logOf("a lone carriage return", LOG_TEXT.replace("job-5", "job\r5"), at(7, "log-unreadable")),
  logOf("a column twice", renamed("owner", "notes"), at(1, "log-unreadable")),
  logOf("a header without experiment_id", renamed("experiment_id", "id"), at(1, "log-unreadable")),
  logOf("a header with a space", renamed("owner", " owner"), at(1, "log-unreadable")),
  addition("a row twice", [newRow("exp-4")], at(12, "log-unreadable")),
  edit(
    "a row that takes another row's id",
    {
      to: {
        log: ROWS.map((row) =>
          row["experiment_id"] === "exp-8" ? { ...row, experiment_id: "exp-1" } : row,
        ),
      },
    },
    at(10, "log-unreadable"),
  ),
  addition("a row without an id", [newRow("")], at(12, "log-unreadable")),
  cellEdit(
    "an unknown status",
    { experiment_id: "exp-5", status: "done" },
    at(7, "log-unreadable"),
  ),
  cellEdit(
    "an unknown mode",
    { experiment_id: "exp-5", objective_mode: "low" },
    at(7, "log-unreadable"),
  ),
  cellEdit(
    "metrics that are no JSON",
    { experiment_id: "exp-5", metrics_json: "{acc: 1}" },
    at(7, "log-unreadable"),
  ),
  cellEdit(
    "metrics that are a list",
    { experiment_id: "exp-5", metrics_json: "[1]" },
    at(7, "log-unreadable"),
  ),
  cellEdit(
    "a time that is none",
    { experiment_id: "exp-5", ended_at: "yesterday" },
    at(7, "log-unreadable"),
  ),
  edit("the log is gone", { to: { log: undefined } }, at(undefined, "session-removed")),
  edit(
    "the session is gone",
    { to: { log: undefined, ledger: undefined, settings: undefined } },
    at(undefined, "session-removed"),
  ),
  edit(
    "the log is empty",
    { from: { log: ROWS.slice(0, 1) }, to: { log: "" } },
    at(1, "row-deleted"),
  ),
  edit("the first row is gone", { to: { log: without(["exp-1"]) } }, at(2, "row-deleted")),
  edit("a row of two lines is gone", { to: { log: without(["exp-2"]) } }, at(3, "row-deleted")),
  edit("the last row is gone", { to: { log: without(["exp-9"]) } }, at(10, "row-deleted")),
  edit(
    "two rows are gone",
    { to: { log: without(["exp-5", "exp-6"]) } },
    at(7, "row-deleted"),
    at(7, "row-deleted"),
  ),
  edit(
    "a row has another id",
    {
      to: {
        log: ROWS.map((row) =>
          row["experiment_id"] === "exp-4" ? { ...row, experiment_id: "best" } : row,
        ),
      },
    },
    at(6, "id-changed"),
  ),
  edit(
    "a row is replaced by another one",
    { to: { log: [...without(["exp-4"]), newRow("exp-10")] } },
    at(6, "row-deleted"),
  ),
  logOf(
    "somebody's column is gone",
    textOf(ROWS, { header: withoutColumn("gpu") }),
    at(1, "column-removed"),
  ),
  logOf(
    "a column of the log is gone",
    textOf(ROWS, { header: withoutColumn("owner") }),
    at(1, "column-removed"),
  ),
  logOf(
    "columns stand in another order",
    textOf(ROWS, { header: ["gpu", ...withoutColumn("gpu")] }),
    at(1, "columns-reordered"),
  ),
  edit("rows are shuffled", { to: { log: ROWS.toReversed() } }, at(3, "rows-reordered")),
  edit(
    "rows change places around a new one",
    { to: { log: [...ROWS.slice(0, 7), newRow("a"), ROWS[8] as Row, ROWS[7] as Row] } },
    at(12, "rows-reordered"),
  ),
  edit(
    "one row is moved to the end",
    { to: { log: [...without(["exp-9"]).slice(1), ROWS[8] as Row, ROWS[0] as Row] } },
    at(11, "rows-reordered"),
  ),
  logOf("all line ends flip to CRLF", textOf(ROWS, { lineEnd: "\r\n" }), at(2, "rows-rewritten")),
  logOf("every cell is quoted", requoted(ids), at(2, "rows-rewritten")),
  logOf("the header is quoted anew", textOf(ROWS).replace("gpu", '"gpu"'), at(1, "rows-rewritten")),
  logOf("a byte order mark comes", `\ufeff${textOf(ROWS)}`, at(1, "rows-rewritten")),
  logOf("one row is quoted anew", requoted(["exp-6"]), at(8, "rows-rewritten")),
  logOf(
    "rows are quoted anew around a legal change",
    requoted(ids).replace("Dropout hurts.", "Dropout helps."),
    at(2, "rows-rewritten"),
  ),
  logOf(
    "line ends flip, and a row is gone",
    textOf(without(["exp-4"]), { lineEnd: "\r\n" }),
    at(2, "rows-rewritten"),
    at(6, "row-deleted"),
  ),
  edit(
    "a base that could not be read is repaired with other results",
    {
      from: { log: `${LOG_TEXT}<<<<<<< x` },
      to: { log: withCells({ "exp-1": { objective_value: "0.1" } }) },
    },
    at(undefined, "log-unreadable"),
  ),
  edit(
    "a setting nobody knows",
    { to: { settings: "objective:\n  metrik: loss\n" } },
    at(2, "settings-invalid", "settings"),
  ),
  edit(
    "settings that are no YAML",
    { to: { settings: "objective: [\n" } },
    at(2, "settings-invalid", "settings"),
  ),
];
