import { FINISHED } from "../../log/columns.ts";
import { isFinished } from "../../log/is-finished.ts";
import { decodeMetrics, isSameMetric, mergeMetrics } from "../../log/metrics-cell.ts";
import { redactMetrics } from "../../log/redact-metrics.ts";
import { statusWords } from "../../log/status-words.ts";
import { storableText } from "../../log/storable-text.ts";
import type { RowPatch } from "../../log/table.ts";
import { type RowObjective, rowObjective } from "../../session/row-objective.ts";
import { shortenText } from "../../text/escape.ts";
import { present } from "../../text/present.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { FORCED } from "../build-facts.ts";
import type { Command } from "../command.ts";
import type { Bench } from "./bench.ts";
import { editRow, refuseMove } from "./edit-row.ts";
import { findRows } from "./find-rows.ts";
import { noteJob } from "./note-job.ts";
import { type Complaint, done, type Handler, refuse, sentence } from "./verdict.ts";

type Result = Extract<Command, { readonly name: "result" }>;

/** A `/result` and the row it is about. */
interface Said {
  readonly bench: Bench;
  readonly row: number;
  readonly command: Result;
  readonly metrics: ReadonlyMap<string, unknown>;
  /** The objective's value: as `value=`, or under its own name. */
  readonly value: number | undefined;
  /** What came of it in words, as the log will have them. */
  readonly summary: string | undefined;
}

/** `/result`: what came of an experiment. */
export const recordResult: Handler<"result"> = (bench, command) => {
  const { rows, complaints } = findRows(bench, [command.id]);
  const [row] = rows;
  if (row === undefined) return refuse(...complaints);
  const metrics = redactMetrics(command.metrics, bench.redact);
  const measured = metrics.get(objectiveOf(bench, row).metric) as number | undefined;
  const said: Said = {
    ...{ bench, row, command, metrics, value: command.value ?? measured },
    summary: command.text === undefined ? undefined : storableText(bench.redact(command.text)),
  };
  const moves = finalMoves(said);
  const wrong = [
    ...refuseTwoValues(said, measured),
    ...refuseStatus(said),
    ...(command.isForced ? [] : refuseFinalMoves(said, moves)),
  ];
  if (wrong.length > 0) return refuse(...wrong);
  const jobs = command.status === "cancelled" ? noteJob(bench, row) : [];
  const effect = editRow(bench, row, patchOf(said));
  const forced = moves.length === 0 ? {} : { detail: FORCED + moves.join(", ") };
  return done([{ ...effect, ...forced }], [...jobs, ...hintAtStatus(said)]);
};

function objectiveOf({ draft, settings }: Bench, row: number): RowObjective {
  const own = {
    metric: draft.cell(row, "objective_metric"),
    mode: draft.cell(row, "objective_mode"),
  };
  return rowObjective(own, settings.settings().objective);
}

function refuseTwoValues({ command }: Said, measured: number | undefined): readonly Complaint[] {
  const { value } = command;
  if (value === undefined || measured === undefined || value === measured) return [];
  return [
    {
      sentence: `value= says ${value}, and the objective's metric says ${measured}. Give one of them.`,
      word: "value",
    },
  ];
}

function refuseStatus({ bench, row, command }: Said): readonly Complaint[] {
  const { status, id } = command;
  if (status === undefined) return [];
  if (status !== "superseded") return refuseMove(bench, row, status);
  const sentence = `experiment ${quoteUntrusted(id)} is superseded by another one: write ${bench.wordOf("supersede")} with by=, which names it.`;
  return [{ sentence, word: "status" }];
}

/** What of a final result would change, old and new; whatever a finished experiment has recorded is final. */
function finalMoves(said: Said): readonly string[] {
  const { draft } = said.bench;
  if (!isFinished(draft, said.row)) return [];
  return [...movedValue(said), ...movedMetrics(said), ...movedSummary(said)];
}

function movedValue({ bench, row, value }: Said): readonly string[] {
  const recorded = bench.draft.cell(row, "objective_value");
  const isMoved = value !== undefined && recorded !== "" && value !== Number(recorded);
  return isMoved ? [`objective_value ${recorded} → ${value}`] : [];
}

function movedMetrics({ bench, row, metrics }: Said): readonly string[] {
  const known = decodeMetrics(bench.draft.cell(row, "metrics_json"));
  const moved = [...metrics].filter(
    ([name, number]) => known.has(name) && !isSameMetric(known.get(name), number),
  );
  return moved.map(([name, number]) => `${name} ${JSON.stringify(known.get(name))} → ${number}`);
}

function movedSummary({ bench, row, summary }: Said): readonly string[] {
  const recorded = bench.draft.cell(row, "result_summary");
  if (summary === undefined || recorded === "" || summary === recorded) return [];
  return [`result_summary ${showWords(recorded)} → ${showWords(summary)}`];
}

/** Longest part of a summary that a refusal or the report names, in UTF-16 units. */
const LONGEST_SHOWN = 80;

function showWords(text: string): string {
  return JSON.stringify(shortenText(text, LONGEST_SHOWN));
}

function refuseFinalMoves({ command }: Said, moves: readonly string[]): readonly Complaint[] {
  if (moves.length === 0) return [];
  const list = moves.map((move) => quoteUntrusted(move)).join(", ");
  return [
    {
      sentence: `experiment ${quoteUntrusted(command.id)} is finished and its result is final; this would change ${list}. Add --force to do so; the report then names it.`,
      word: command.id,
    },
  ];
}

function patchOf(said: Said): RowPatch {
  const { bench, row, command, metrics, value, summary } = said;
  const { draft, now } = bench;
  const { status } = command;
  const isEnded = status !== undefined && FINISHED.has(status) && draft.isEmpty(row, "ended_at");
  return {
    ...present({
      status,
      ended_at: isEnded ? now : undefined,
      result_summary: summary,
      metrics_json: mergeMetrics(draft.cell(row, "metrics_json"), metrics),
    }),
    ...(value === undefined ? {} : valueCells(said, value)),
  };
}

/** A value without a metric says nothing: the session's objective stands in where the row names none. */
function valueCells({ bench, row }: Said, value: number): RowPatch {
  const { metric, mode } = objectiveOf(bench, row);
  const old = bench.draft.cell(row, "objective_value");
  return {
    // A number that did not move keeps the digits it was written with.
    objective_value: old !== "" && Number(old) === value ? old : String(value),
    objective_metric: metric,
    objective_mode: mode,
  };
}

/** A value counts once the experiment is completed. */
function hintAtStatus({ bench, row, command, value }: Said) {
  const { draft } = bench;
  if (value === undefined || isFinished(draft, row)) return [];
  const id = quoteUntrusted(command.id);
  return [
    sentence(
      `Experiment ${id} is still ${statusWords(draft, row)}: its value counts once ${bench.wordOf("result")} says status=completed.`,
    ),
  ];
}
