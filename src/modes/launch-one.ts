import type { Ledger } from "../core/command/ledger.ts";
import { encodeLedger } from "../core/command/ledger-codec.ts";
import { opId } from "../core/command/op-id.ts";
import { renderCommand } from "../core/command/render-command.ts";
import { type Claim, claimLaunch } from "../core/launch/claim-launch.ts";
import { findByOperation } from "../core/launch/find-job.ts";
import { judgeAbandoned, type LaunchEnding } from "../core/launch/judge-launch.ts";
import type { LaunchOutcome } from "../core/launch/launch-outcome.ts";
import type { LaunchWord } from "../core/launch/plan-launch.ts";
import { holderOf } from "../core/launch/settle-launch.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import { createDraft, type LogDraft } from "../core/log/draft.ts";
import { queueKind } from "../core/queue/kinds.ts";
import type { QueueReport } from "../core/queue/observation.ts";
import { decodeSessionLedger, decodeSessionLog } from "../core/session/decode-session.ts";
import { jobOf } from "../core/sync/identity.ts";
import { present } from "../core/text/present.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { Edit, SessionFiles, Update } from "../ports/log-store.ts";
import { readFacts } from "./command-facts.ts";
import type { LaunchRun } from "./launch.ts";
import { judge, readStatus } from "./launch-queue.ts";
import { type EndedLaunch, recordLaunch } from "./record-launch.ts";
import type { SessionView } from "./view-session.ts";

/** What became of one experiment, and what was recorded of it. */
export interface Launched {
  readonly outcome: LaunchOutcome;
  readonly update?: Update<SessionView>;
}

/** What is started or refused depends on what others have done until now. */
const FRESH = { isFresh: true } as const;

/** Launches one experiment, or finds out what came of it when another run began to. */
export async function launchOne(run: LaunchRun, experimentId: string): Promise<Launched> {
  const { store } = run.ports;
  const files = await store.readNewest(run.request.session, FRESH);
  const { claim, table } = claimOn(run, experimentId)(files);
  if (claim.kind === "claimed") return await start(run, experimentId);
  if (claim.kind === "recover") return await recover(run, experimentId, { ...claim, table });
  return { outcome: leave(experimentId, claim) };
}

/** A launch begins: the queue is looked at, then the experiment is claimed, and only then anything is started. */
async function start(run: LaunchRun, experimentId: string): Promise<Launched> {
  const { store, queue } = run.ports;
  const { settings, session } = run.request;
  const { kind } = settings.queue;
  if (queueKind(kind).launch === undefined) {
    const reason = `Nothing can be launched through a queue of kind ${kind}.`;
    return { outcome: { kind: "refused", experimentId, reason } };
  }
  const before = await readStatus(queue, settings.queue);
  if (before.kind === "unreadable") return { outcome: postpone(experimentId, before.reason) };
  const update = await store.update(session, claimEdit(run, experimentId), FRESH);
  const { claim, table } = update.value;
  if (claim.kind === "withdrawn") {
    const ending: LaunchEnding = { kind: "failed", reason: claim.reason };
    return await record(run, { experimentId, opId: claim.opId, ending, isRecovery: false });
  }
  if (claim.kind !== "claimed") return { outcome: leave(experimentId, claim) };
  if (update.kind === "planned") return { outcome: rehearse(experimentId, claim.argv) };
  const ending = await carryOut(run, experimentId, { ...claim, before: before.report, table });
  return await record(run, { experimentId, opId: claim.opId, ending, isRecovery: false });
}

interface Claimed extends Extract<Claim, { kind: "claimed" }> {
  readonly before: QueueReport;
  /** The log as it stood when the experiment was claimed. */
  readonly table: LogDraft;
}

/** Starts the program and finds the job. The experiment is this run's alone by now. */
async function carryOut(
  { ports, request }: LaunchRun,
  experimentId: string,
  { operationId, argv, before, table }: Claimed,
): Promise<LaunchEnding> {
  const { queue, launcher, clock, reporter } = ports;
  const { queue: settings } = request.settings;
  const known = findByOperation(before, operationId);
  // Of a ledger that lost its line: the job is in the queue, and must not be put there again.
  if (known.kind !== "none") return judgeAbandoned(known, operationId);
  reporter.info(`launching experiment ${quoteUntrusted(experimentId)}`);
  const since = clock.now();
  const attempt = await launcher.launch({ argv, operationId, experimentId });
  const until = clock.now();
  const isKnown = (jobId: string) =>
    holderOf(table, { jobId, source: settings.source, since }) !== undefined;
  return await judge(queue, settings, { attempt, operationId, before, since, until, isKnown });
}

interface Recovery extends Extract<Claim, { kind: "recover" }> {
  readonly table: LogDraft;
}

/** Another run has been launching it for longer than it can take. Nothing is started here, only looked for. */
async function recover(
  run: LaunchRun,
  experimentId: string,
  { opId, operationId, table }: Recovery,
): Promise<Launched> {
  const { settings } = run.request;
  const row = table.rowOf(experimentId);
  const jobId = row === undefined ? undefined : jobOf(table, row, settings.queue.source);
  // The log is written before the ledger where both are files: the row tells then.
  if (jobId !== undefined) {
    const ending: LaunchEnding = { kind: "launched", jobId };
    return await record(run, { experimentId, opId, ending, isRecovery: true });
  }
  const now = await readStatus(run.ports.queue, settings.queue);
  if (now.kind === "unreadable") return { outcome: postpone(experimentId, now.reason) };
  const ending = judgeAbandoned(findByOperation(now.report, operationId), operationId);
  return await record(run, { experimentId, opId, ending, isRecovery: true });
}

async function record(run: LaunchRun, ended: EndedLaunch): Promise<Launched> {
  const { ending, update } = await recordLaunch(run, ended);
  return { outcome: { ...ending, experimentId: ended.experimentId }, update };
}

/** What the claim was made of, too: the log as it stood then. */
interface ClaimedOn {
  readonly claim: Claim;
  readonly table: LogDraft;
  readonly ledger: Ledger;
}

/** What a claim on a session's files would be. */
function claimOn(run: LaunchRun, experimentId: string): (files: SessionFiles) => ClaimedOn {
  const { settings, sha256, prefix } = run.request;
  const { isPublic, runId } = run;
  const now = run.ports.clock.now();
  const said = present({ word: wordOf(run, experimentId), prefix });
  return (files) => {
    const table = createDraft(decodeSessionLog(files));
    const ledger = decodeSessionLedger(files);
    const facts = readFacts(files, table, sha256);
    const isPaused = settings.paused || run.readNow(files).paused;
    const asked = { experimentId, table, facts, settings, isPaused, isPublic, now };
    const claim = claimLaunch({ question: { ...asked, ...said }, ledger, runId, sha256 });
    return { claim, table, ledger };
  };
}

/** Claims the experiment on the newest files. */
function claimEdit(run: LaunchRun, experimentId: string): Edit<ClaimedOn> {
  const claimNow = claimOn(run, experimentId);
  return (files) => {
    const value = claimNow(files);
    const { claim, ledger } = value;
    const bytes = claim.kind === "claimed" ? encodeLedger(ledger, claim.added) : undefined;
    return {
      files: new Map(bytes === undefined ? [] : [[SESSION_FILES.ledger, bytes]]),
      message: { headline: `${run.request.session}: launching`, body: "[skip ci]" },
      value,
    };
  };
}

/** The line that a person's word of now gets: that of a comment which is nowhere else. */
function wordOf({ request, runId }: LaunchRun, experimentId: string): LaunchWord | undefined {
  if (request.word === undefined) return undefined;
  const { actor, isForced } = request.word;
  const command = renderCommand({ name: "launch", ids: [experimentId], isForced });
  const commentId = `local-${runId}`;
  const operation = { repositoryId: "local", commentId, index: 0, canonical: command };
  const id = opId(operation, request.sha256);
  return { opId: id, commentId, commentUrl: "", actor, actorId: "", command, isForced };
}

function leave(experimentId: string, claim: Exclude<Claim, { kind: "claimed" }>): LaunchOutcome {
  if (claim.kind === "refused") return { kind: "refused", experimentId, reason: claim.reason };
  const reason =
    claim.kind === "recover" ? `A run has been launching it since ${claim.at}.` : claim.reason;
  return { kind: "not-started", why: "busy", experimentId, reason };
}

function postpone(experimentId: string, problem: string): LaunchOutcome {
  const reason = `The queue could not be asked, so nothing was started: ${problem}`;
  return { kind: "not-started", why: "unreadable", experimentId, reason };
}

function rehearse(experimentId: string, argv: readonly string[]): LaunchOutcome {
  const words = argv.map((argument) => quoteUntrusted(argument)).join(" ");
  const reason = `Nothing is written in this run; another would start ${words}.`;
  return { kind: "not-started", why: "rehearsal", experimentId, reason };
}
