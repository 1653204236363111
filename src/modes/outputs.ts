import { describeOutcome } from "../core/command/describe-outcome.ts";
import type { CommandOutcome } from "../core/command/outcome.ts";
import type { DECISIONS, OutputName } from "../core/config/inputs.ts";
import type { SessionMode } from "../core/config/select-mode.ts";
import { describeLaunched } from "../core/launch/describe-launched.ts";
import type { LaunchOutcome } from "../core/launch/launch-outcome.ts";
import type { ReportModel } from "../core/report/model.ts";
import type { Redactor } from "../core/text/redact.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import { VERSION } from "../core/version.ts";
import type { Update } from "../ports/log-store.ts";
import type { ReportedWork } from "./announce.ts";
import type { SessionResult } from "./each-session.ts";
import type { PublishedComment } from "./one-comment.ts";

export type DecisionName = (typeof DECISIONS)[number];

/** Version of the JSON in the output `result`; it grows when a key changes its meaning. */
const RESULT_SCHEMA = 1;

type Outputs = Partial<Record<OutputName, string>>;

/**
 * The outputs of a run. With several sessions the single values are those of the first that has one; `result`
 * has them all, each of its texts redacted.
 */
export function buildOutputs(
  mode: SessionMode,
  results: readonly SessionResult[],
  redact: Redactor,
): Outputs {
  const decision = selectDecisionName(mode, results);
  const sessions = results.map(describeResult);
  const done = results.flatMap((result) => (result.kind === "done" ? [result] : []));
  const works = done.map(({ work }) => work);
  const models = works.map(({ rendered }) => rendered.model);
  const best = models.find((model) => model.best !== undefined)?.best;
  const stop = models.map((model) => model.decision).find((found) => found.kind === "stop");
  const comment = done.map((result) => result.comment).find((found) => found.kind !== "planned");
  return {
    changed: String(works.some(({ update }) => update.kind !== "unchanged")),
    commit: works.flatMap(({ update }) => commitOf(update) ?? [])[0] ?? "",
    "pull-request":
      works.flatMap(({ update }) => pullRequestOf(update)?.number ?? [])[0]?.toString() ?? "",
    ...commentOutputs(comment),
    "best-experiment-id": best?.id ?? "",
    "best-value": best === undefined ? "" : String(best.value),
    "should-stop": String(stop !== undefined),
    "stop-reason": stop?.sentence ?? "",
    launched: JSON.stringify(describeLaunched(done.flatMap(launchesOf))),
    decision,
    result: renderResult({ mode, decision, sessions }, redact),
  };
}

/** The outputs about a comment of ours. */
export function commentOutputs(
  comment: PublishedComment | undefined,
): Pick<Outputs, "comment" | "comment-id" | "comment-url"> {
  return {
    comment: comment === undefined ? "" : commentText(comment),
    "comment-id": comment !== undefined && "id" in comment ? String(comment.id) : "",
    "comment-url": comment !== undefined && "url" in comment ? comment.url : "",
  };
}

/** The outputs of a run that had nothing to do, or could not begin. */
export function buildEmptyOutputs(
  decision: "ignored" | "refused" | "failed",
  sentence: string,
  redact: Redactor,
): Outputs {
  const result = renderResult({ decision, sentence, sessions: [] }, redact);
  return { changed: "false", "should-stop": "false", launched: "[]", decision, result };
}

/** Redacts before it makes JSON: a secret without an end takes the rest of its text with it. */
export function renderResult(result: object, redact: Redactor): string {
  const versioned = { schema: RESULT_SCHEMA, version: VERSION, ...result };
  return JSON.stringify(versioned, (_, value: unknown) =>
    typeof value === "string" ? redact(value) : value,
  );
}

function selectDecisionName(mode: SessionMode, results: readonly SessionResult[]): DecisionName {
  if (results.some((result) => result.kind === "failed")) return "failed";
  const kinds = results.map((result) => (result.kind === "done" ? result.work.update.kind : ""));
  if (kinds.includes("planned")) return "planned";
  if (mode === "report") return "reported";
  if (mode === "command") return selectCommandDecision(results);
  return kinds.every((kind) => kind === "unchanged") ? "unchanged" : "synced";
}

/** `applied` also when an earlier run had applied the command: that is what became of it. */
function selectCommandDecision(results: readonly SessionResult[]): DecisionName {
  const outcomes = results.flatMap(outcomesOf);
  if (outcomes.some(({ kind }) => kind !== "answered")) return "applied";
  return outcomes.length > 0 ? "answered" : "unchanged";
}

function outcomesOf(result: SessionResult): readonly CommandOutcome[] {
  if (result.kind === "failed") return [];
  return result.carried?.applied.flatMap(({ outcomes }) => outcomes) ?? [];
}

function launchesOf({
  carried,
}: Extract<SessionResult, { kind: "done" }>): readonly LaunchOutcome[] {
  return carried?.launches ?? [];
}

function describeResult(result: SessionResult): Record<string, unknown> {
  if (result.kind === "failed") {
    return { session: result.session, failed: messageOf(result.error) };
  }
  const { work, outcome, comment } = result;
  return {
    session: work.session,
    update: work.update.kind,
    files: "files" in work.update ? work.update.files : [],
    commit: commitOf(work.update) ?? null,
    pull_request: pullRequestOf(work.update) ?? null,
    comment: comment.kind === "skipped" ? { ...comment, kind: commentText(comment) } : comment,
    synced_jobs: outcome?.syncedJobs ?? null,
    changes: outcome?.changes ?? [],
    warnings: outcome?.warnings ?? [],
    stale: outcome?.stale ?? [],
    commands: outcomesOf(result).map(describeOutcome),
    launches: launchesOf(result),
    ...describeModel(work.rendered.model),
  };
}

function describeModel(model: ReportModel): Record<string, unknown> {
  return {
    experiments: model.total,
    counts: Object.fromEntries(model.counts),
    best: model.best === undefined ? null : { id: model.best.id, value: model.best.value },
    decision: model.decision,
  };
}

function commitOf(update: Update<unknown>): string | undefined {
  return update.kind === "committed" ? update.head.commit : undefined;
}

function pullRequestOf(update: Update<unknown>): { number: number; url: string } | undefined {
  return update.kind === "committed" ? update.pullRequest : undefined;
}

function commentText(comment: PublishedComment): string {
  return comment.kind === "skipped" ? `skipped:${comment.reason}` : comment.kind;
}

/** One line for people about what a session's run did. */
export function describeForPeople(work: ReportedWork, comment: PublishedComment): string {
  const done: Readonly<Record<Update<unknown>["kind"], string>> = {
    unchanged: "nothing new",
    planned: `would change ${"files" in work.update ? work.update.files.join(", ") : ""}`,
    written: "files written",
    committed: `committed ${commitOf(work.update) ?? ""}`,
  };
  return `${quoteUntrusted(work.session)}: ${done[work.update.kind]}; comment ${commentText(comment)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
