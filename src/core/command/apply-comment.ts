import { quoteUntrusted } from "../text/safe-log.ts";
import type { Application, ApplyInput } from "./apply/apply-input.ts";
import {
  clearApprovals,
  readStanding,
  refuseAfterApproval,
  type StandingApprovals,
} from "./apply/approvals.ts";
import { type Bench, createBench } from "./apply/bench.ts";
import { encodeFiles } from "./apply/encode-files.ts";
import { handlerOf } from "./apply/handlers.ts";
import { noteJobAgain } from "./apply/note-job.ts";
import { identifyOperations, type Operation } from "./apply/operation.ts";
import { problemOf } from "./apply/problem.ts";
import { type Complaint, type RowEffect, refuse, type Verdict } from "./apply/verdict.ts";
import { lackingRole } from "./authorise.ts";
import type { Command, CommandProblem, PlacedCommand } from "./command.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { CommandOutcome, CommentOutcome } from "./outcome.ts";
import { isQuestion } from "./question.ts";
import { redactProblem } from "./redact-problem.ts";
import type { Role } from "./role.ts";

export type { Application, ApplyInput } from "./apply/apply-input.ts";

/**
 * Applies all commands of a comment to a session's files, or none. Pure and idempotent: what the ledger has already
 * is not applied again. Loads yaml and zod.
 *
 * @throws {LogError | InputError} when a file of the session is not valid
 */
export function applyComment(input: ApplyInput): Application {
  const { files } = input.files;
  const bench = createBench(input);
  const operations = identifyOperations(input, bench.ledger.entries);
  const fresh = operations.filter(({ recorded }) => recorded.length === 0);
  const needs = lackingRole(bench, fresh, input.minPermission);
  if (needs !== undefined) return { outcome: denyOrRefuse(input, needs), files };
  const standing = readStanding(bench);
  const work: Work = { input, bench, standing, problems: [...input.problems], entries: [] };
  const outcomes = operations.flatMap((operation) => applyOne(work, operation));
  const { problems, entries } = work;
  if (problems.length > 0) return { outcome: refuseAll(problems), files };
  return { outcome: { kind: "applied", outcomes }, files: encodeFiles(files, bench, entries) };
}

function denyOrRefuse({ problems }: ApplyInput, needs: Role): CommentOutcome {
  return problems.length === 0 ? { kind: "denied", needs } : refuseAll(problems);
}

function refuseAll(problems: readonly CommandProblem[]): CommentOutcome {
  return { kind: "refused", problems: [...problems].sort((one, other) => one.line - other.line) };
}

interface Work {
  readonly input: ApplyInput;
  readonly bench: Bench;
  readonly standing: StandingApprovals;
  readonly problems: CommandProblem[];
  readonly entries: LedgerEntry[];
}

/** What came of one command; nothing when it is refused. */
function applyOne(work: Work, operation: Operation): readonly CommandOutcome[] {
  const { opId, placed, recorded } = operation;
  const { command } = placed;
  const nothing = { command, opId, experimentIds: [], changes: [], notes: [] };
  if (recorded.length > 0) {
    const experimentIds = namesIn(recorded);
    // The run that recorded it may have ended before it cancelled the jobs.
    const isEnd = command.name === "cancel";
    const notes = isEnd ? experimentIds.flatMap((id) => noteJobAgain(work.bench, id)) : [];
    return [{ ...nothing, kind: "repeated", experimentIds, notes }];
  }
  if (isQuestion(command)) return [{ ...nothing, kind: "answered" }];
  const handle = handlerOf(command.name);
  const verdict = refuseOtherSession(work.bench, command) ?? handle(work.bench, command, opId);
  if (verdict.kind === "done") return takeDone(work, operation, verdict);
  complain(work, placed, verdict.complaints);
  return [];
}

/** What a refusal quotes of the comment is posted, so that it is redacted as what is recorded is. */
function complain(
  { input, problems }: Work,
  placed: PlacedCommand,
  complaints: readonly Complaint[],
): void {
  const { prefix, redact } = input;
  const told = complaints.map((complaint) => problemOf(placed, complaint, prefix));
  problems.push(...told.map((problem) => redactProblem(problem, redact)));
}

function takeDone(
  work: Work,
  operation: Operation,
  { effects, notes }: Extract<Verdict, { readonly kind: "done" }>,
): readonly CommandOutcome[] {
  const { bench, standing } = work;
  const { opId, placed } = operation;
  const late = refuseAfterApproval(bench, effects);
  complain(work, placed, late);
  work.entries.push(...effects.map((effect) => entryOf(work.input, operation, effect)));
  const experimentIds = namesIn(effects);
  return [
    {
      command: placed.command,
      opId,
      kind: "applied",
      experimentIds,
      changes: effects.flatMap(({ change }) => (change === undefined ? [] : [change])),
      notes: [...notes, ...clearApprovals(bench, standing, experimentIds)],
    },
  ];
}

/** The experiments that lines are about; a command about none has a line without an id. */
function namesIn(lines: readonly { readonly experimentId: string }[]): readonly string[] {
  const ids = new Set(lines.map(({ experimentId }) => experimentId));
  return [...ids].filter((id) => id !== "");
}

/** Which session a comment is about is decided before; what names another one was not meant for these files. */
function refuseOtherSession(bench: Bench, command: Command): Verdict | undefined {
  const { session = bench.session } = command;
  if (session === bench.session) return undefined;
  const sentence = `the command is for the session ${quoteUntrusted(session)}, and this is ${bench.session}. Write it in a comment of its own.`;
  return refuse({ sentence, word: session });
}

function entryOf(input: ApplyInput, operation: Operation, effect: RowEffect): LedgerEntry {
  const { source, now, redact } = input;
  const { experimentId, outcome, detail } = effect;
  return {
    opId: operation.opId,
    commentId: source.id,
    commentUrl: source.url,
    actor: source.author.login,
    actorId: source.author.id,
    command: redactArguments(operation, redact),
    experimentId,
    outcome,
    detail,
    at: now,
  };
}

/** The name is no secret, whatever `redact.patterns` match: facts are told by it. */
function redactArguments({ placed, canonical }: Operation, redact: ApplyInput["redact"]): string {
  const name = `/${placed.command.name}`;
  const rest = canonical.slice(name.length + 1);
  return rest === "" ? name : `${name} ${redact(rest)}`;
}
