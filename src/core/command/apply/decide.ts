import { statusWords } from "../../log/status-words.ts";
import { quoteUntrusted } from "../../text/safe-log.ts";
import { isLaunched, mayHaveStarted } from "../facts.ts";
import { findLaunchGaps, type LaunchGap } from "../find-launch-gaps.ts";
import { isSameActor } from "../is-own.ts";
import { isApproval, type LedgerOutcome } from "../ledger.ts";
import type { CommandNote } from "../outcome.ts";
import { type Bench, digestOf, isAuthors, launchOf } from "./bench.ts";
import { findRows } from "./find-rows.ts";
import { type Complaint, done, type Handler, type RowEffect, refuse, sentence } from "./verdict.ts";

/** `/approve`: binds the approval to the rows as they are now. */
export const approve: Handler<"approve"> = (bench, { ids }) => {
  const { rows, complaints } = findRows(bench, ids);
  const wrong = [...complaints, ...rows.flatMap((row) => refuseApproval(bench, row))];
  if (wrong.length > 0) return refuse(...wrong);
  return done(rows.map((row) => decide(bench, row, "approved")));
};

/** `/launch`: approves, and asks for the launch. */
export const launch: Handler<"launch"> = (bench, { ids, isForced }) => {
  const { rows, complaints } = findRows(bench, ids);
  const wrong = [
    ...refuseWhilePaused(bench),
    ...complaints,
    ...rows.flatMap((row) => refuseLaunch(bench, row, isForced)),
  ];
  if (wrong.length > 0) return refuse(...wrong);
  const notes = rows.flatMap((row) => noteAnew(bench, row));
  return done(
    rows.map((row) => decide(bench, row, "queued-for-launch")),
    notes,
  );
};

function decide(bench: Bench, row: number, outcome: LedgerOutcome): RowEffect {
  const experimentId = bench.draft.cell(row, "experiment_id");
  bench.approved.add(experimentId);
  return { experimentId, outcome, detail: digestOf(bench, row) };
}

function refuseApproval(bench: Bench, row: number): readonly Complaint[] {
  const started = refuseStarted(bench, row);
  if (started.length > 0) return started;
  return isAuthors(bench, row) ? refuseOwn(bench, row, "approves") : [];
}

function refuseLaunch(bench: Bench, row: number, isForced: boolean): readonly Complaint[] {
  const [started] = [...refuseNotPlanned(bench, row), ...refuseLaunched(bench, row)];
  if (started !== undefined) return [started];
  const isOwnAlone = isAuthors(bench, row) && !isApprovedByAnother(bench, row);
  return [
    ...(isForced ? [] : refuseUnknown(bench, row)),
    ...(isOwnAlone ? refuseOwn(bench, row, "launches") : []),
    ...refuseIncomplete(bench, row),
  ];
}

function refuseWhilePaused({ settings, wordOf }: Bench): readonly Complaint[] {
  if (!settings.settings().paused) return [];
  const sentence = `the loop is stopped, so nothing is launched. Give ${wordOf("resume")} first.`;
  return [{ sentence }];
}

function refuseStarted(bench: Bench, row: number): readonly Complaint[] {
  const id = bench.draft.cell(row, "experiment_id");
  if (!mayHaveStarted(launchOf(bench, id))) return refuseNotPlanned(bench, row);
  const sentence = `experiment ${quoteUntrusted(id)} has been launched, or may have been; there is nothing left to approve.`;
  return [{ sentence, word: id }];
}

function refuseNotPlanned({ draft }: Bench, row: number): readonly Complaint[] {
  if (draft.holds(row, "status", "planned")) return [];
  const id = draft.cell(row, "experiment_id");
  const sentence = `experiment ${quoteUntrusted(id)} is ${statusWords(draft, row)}; only planned experiments are approved and launched. Propose a new one with this one as its parent instead.`;
  return [{ sentence, word: id }];
}

function refuseOwn(bench: Bench, row: number, does: string): readonly Complaint[] {
  if (!bench.settings.settings().proposals.twoPerson) return [];
  const id = bench.draft.cell(row, "experiment_id");
  const sentence = `nobody ${does} a proposal of their own in this session (proposals.two-person in session.yml), and ${quoteUntrusted(id)} is yours. Ask somebody else to ${bench.wordOf("approve")} it.`;
  return [{ sentence, word: id }];
}

/** Whether somebody else approved the row as it is now, and no command has changed it since. */
function isApprovedByAnother(bench: Bench, row: number): boolean {
  const experimentId = bench.draft.cell(row, "experiment_id");
  if (bench.changed.has(experimentId)) return false;
  const digest = digestOf(bench, row);
  return bench.standing.some(
    (entry) =>
      entry.experimentId === experimentId &&
      isApproval(entry) &&
      entry.detail === digest &&
      !isSameActor(entry, bench.author),
  );
}

/** At most one job is started. */
function refuseLaunched(bench: Bench, row: number): readonly Complaint[] {
  const id = bench.draft.cell(row, "experiment_id");
  const launch = launchOf(bench, id);
  if (!isLaunched(launch)) return [];
  const state = launch.kind === "launched" ? "has been launched" : "is being launched";
  const sentence = `experiment ${quoteUntrusted(id)} ${state} already. The next sync brings its job's status.`;
  return [{ sentence, word: id }];
}

/** A person who knows that no job was started may say so. */
function refuseUnknown(bench: Bench, row: number): readonly Complaint[] {
  const id = bench.draft.cell(row, "experiment_id");
  if (launchOf(bench, id).kind !== "unknown") return [];
  const sentence = `whether an earlier launch of experiment ${quoteUntrusted(id)} started a job is not known. Look into the queue; when there is none, add --force.`;
  return [{ sentence, word: id }];
}

function refuseIncomplete(bench: Bench, row: number): readonly Complaint[] {
  const id = bench.draft.cell(row, "experiment_id");
  return findLaunchGaps(bench.draft, row, bench.settings.settings()).map((gap) => ({
    sentence: `experiment ${quoteUntrusted(id)} ${GAPS[gap](bench, row)}`,
    word: id,
  }));
}

const GAPS: Readonly<Record<LaunchGap, (bench: Bench, row: number) => string>> = {
  job: ({ draft }, row) =>
    `has the job ${quoteUntrusted(draft.cell(row, "queue_job_id"))} already, so that no run would launch it. Propose a new one with this one as its parent instead.`,
  hypothesis: ({ wordOf }) =>
    `cannot be launched without a hypothesis: give it with ${wordOf("hypothesis")}.`,
  objective: () => "cannot be launched without an objective: name objective.metric in session.yml.",
  program: () => "cannot be launched without a command or config: propose it anew with one.",
};

function noteAnew(bench: Bench, row: number): readonly CommandNote[] {
  const id = bench.draft.cell(row, "experiment_id");
  const { kind } = launchOf(bench, id);
  if (kind !== "failed" && kind !== "unknown") return [];
  const how = kind === "failed" ? "failed" : "ended with an unknown result";
  return [sentence(`An earlier launch of ${quoteUntrusted(id)} ${how}; this is another one.`)];
}
