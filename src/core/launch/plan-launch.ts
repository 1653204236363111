import { type CommandFacts, type LaunchState, launchIn } from "../command/facts.ts";
import { findLaunchGaps, type LaunchGap } from "../command/find-launch-gaps.ts";
import { isOwn } from "../command/is-own.ts";
import type { LedgerEntry } from "../command/ledger.ts";
import { isFinished } from "../log/is-finished.ts";
import { statusWords } from "../log/status-words.ts";
import type { LogTable } from "../log/table.ts";
import type { SessionSettings } from "../session/settings.ts";
import { commandWord } from "../text/command-word.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { parseInstant } from "../text/time.ts";
import { buildArgv } from "./build-argv.ts";

/** What is asked before an experiment is launched. */
export interface LaunchQuestion {
  readonly experimentId: string;
  readonly table: LogTable;
  readonly facts: CommandFacts;
  /** Of the branch that people trust: what may be run is never taken from elsewhere. */
  readonly settings: SessionSettings;
  /** The loop is stopped, by whichever session.yml says so. */
  readonly isPaused: boolean;
  readonly isPublic: boolean;
  /** A person asks for it now, so an approval is enough; absent: only what `/launch` has queued. */
  readonly word?: LaunchWord;
  /** What the queue is told of an operation, see `nameOperation`. */
  readonly operationIdOf: (opId: string) => string;
  /** The present instant, ISO 8601. */
  readonly now: string;
  /** Input `command-prefix`, for the commands that reasons name. */
  readonly prefix?: string;
}

/** What the ledger is to say of who asks for a launch on the command line. */
export interface LaunchWord
  extends Pick<LedgerEntry, "opId" | "commentId" | "commentUrl" | "actor" | "actorId" | "command"> {
  /** Although what came of an earlier launch is unknown. */
  readonly isForced: boolean;
}

/** Whether an experiment may be started. Reasons are whole sentences that say what to do. */
export type StartPlan =
  /** `word` is set when the operation is the person's of now, and is not in the ledger yet. */
  | {
      readonly kind: "launch";
      readonly opId: string;
      readonly word: LaunchWord | undefined;
      readonly argv: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** What is to be done about an experiment. */
export type LaunchPlan =
  | StartPlan
  /** Another run is launching it, or has. */
  | { readonly kind: "busy"; readonly reason: string }
  /** A run began to launch it and is gone: what came of it is to be found out. */
  | { readonly kind: "recover"; readonly opId: string; readonly at: string };

/**
 * Longer than a run can be busy with one launch: ten minutes for the program, five for each of two commits, and two
 * reads of the queue's status.
 */
export const STUCK_AFTER_SECONDS = 30 * 60;

/** Decides about one experiment. Everything that a launch needs is checked here, on the files as they stand. */
export function planLaunch(question: LaunchQuestion): LaunchPlan {
  const state = launchIn(question.facts, question.experimentId);
  if (state.kind === "launching") return planOfLaunching(state, question.now);
  // Of two runs that look after the same queue, the slower one has nothing to complain about.
  if (state.kind === "launched" && question.word === undefined) {
    return { kind: "busy", reason: explainLaunched(question.experimentId, state.jobId) };
  }
  return planStart(question, state);
}

/** Whether an experiment may be started whose launch is as far as that. */
export function planStart(
  question: LaunchQuestion,
  state: Exclude<LaunchState, { kind: "launching" }>,
): StartPlan {
  const { experimentId, table } = question;
  const row = table.rowOf(experimentId);
  if (row === undefined) return refuse(`There is no experiment ${quoteUntrusted(experimentId)}.`);
  const operation = operationOf(question, { row, state });
  if (typeof operation === "string") return refuse(operation);
  const missing = findMissing(question, row);
  return missing === undefined ? fillIn(question, { row, ...operation }) : refuse(missing);
}

/** Whether an experiment is one that a run without a person's word looks after. */
export function mayAwaitLaunch(state: LaunchState): boolean {
  return state.kind === "launching" || (state.kind === "queued" && state.isCurrent);
}

function planOfLaunching(
  { opId, at }: Extract<LaunchState, { kind: "launching" }>,
  now: string,
): LaunchPlan {
  const age = Number(parseInstant(now)) - Number(parseInstant(at));
  if (age > STUCK_AFTER_SECONDS) return { kind: "recover", opId, at };
  return { kind: "busy", reason: `A run has been launching it since ${at}.` };
}

interface Operation {
  readonly opId: string;
  readonly word: LaunchWord | undefined;
}

/** On whose word the experiment is launched, else why on nobody's. */
function operationOf(
  question: LaunchQuestion,
  { row, state }: { readonly row: number; readonly state: Parameters<typeof planStart>[1] },
): Operation | string {
  const id = quoteUntrusted(question.experimentId);
  if (state.kind === "launched") return explainLaunched(question.experimentId, state.jobId);
  if (!question.table.holds(row, "status", "planned")) return explainStatus(question, row);
  if (state.kind === "queued" && state.isCurrent) {
    return explainOwn(question, row) ?? { opId: state.opId, word: undefined };
  }
  const { word, prefix } = question;
  const launch = `\`${commandWord("launch", prefix)}\``;
  if (word === undefined) {
    return state.kind === "queued"
      ? `Experiment ${id} was changed after ${quoteUntrusted(state.by)} had queued it: use ${launch} again.`
      : `Experiment ${id} is not queued for launch: use ${launch}.`;
  }
  if (state.kind === "unknown" && !word.isForced) {
    return `What came of an earlier launch of experiment ${id} is unknown (${quoteUntrusted(state.reason)}): look into the queue, and launch it with --force if no job of it is there.`;
  }
  return explainApproval(question) ?? explainOwn(question, row, word) ?? { opId: word.opId, word };
}

/**
 * Why what its proposer alone has approved is not launched where two people have to agree, whatever the settings were when
 * it was approved; whoever asks for the launch now counts as one who approves.
 */
function explainOwn(
  { facts, experimentId, settings, table, prefix }: LaunchQuestion,
  row: number,
  word?: LaunchWord,
): string | undefined {
  if (!settings.proposals.twoPerson) return undefined;
  const approvers = [...(facts.approvers.get(experimentId) ?? []), ...(word ? [word] : [])];
  const { proposers } = facts;
  const isAnothers = approvers.some(
    ({ actor, actorId }) => !isOwn({ table, proposers }, row, { login: actor, id: actorId }),
  );
  if (isAnothers) return undefined;
  return `Experiment ${quoteUntrusted(experimentId)} is approved by who proposed it alone, and two people have to agree (proposals.two-person in session.yml): somebody else has to approve it with \`${commandWord("approve", prefix)}\`.`;
}

function explainLaunched(experimentId: string, jobId: string): string {
  return `Experiment ${quoteUntrusted(experimentId)} was launched as job ${quoteUntrusted(jobId)}.`;
}

function explainStatus({ table, experimentId }: LaunchQuestion, row: number): string {
  const remedy = isFinished(table, row) ? " Propose a new one with it as parent." : "";
  return `Experiment ${quoteUntrusted(experimentId)} is ${statusWords(table, row)}, only planned ones are launched.${remedy}`;
}

function explainApproval({ facts, experimentId, prefix }: LaunchQuestion): string | undefined {
  const approval = facts.approvals.get(experimentId) ?? { kind: "none" };
  if (approval.kind === "approved") return undefined;
  const id = quoteUntrusted(experimentId);
  const remedy = `approve it with \`${commandWord("approve", prefix)}\` and its id.`;
  return approval.kind === "none"
    ? `Experiment ${id} is not approved: ${remedy}`
    : `Experiment ${id} was changed after ${quoteUntrusted(approval.by)} had approved it: ${remedy}`;
}

/** What the loop, the repository or the row lacks. */
function findMissing(question: LaunchQuestion, row: number): string | undefined {
  const { table, settings, isPaused, isPublic, prefix } = question;
  if (isPaused)
    return `The loop is stopped: \`${commandWord("resume", prefix)}\` lets it launch again.`;
  if (isPublic && settings.launch?.public !== true) {
    return "The repository is public, and launch.public in session.yml is not true: nothing is launched from it.";
  }
  const [gap] = findLaunchGaps(table, row, settings);
  return gap === undefined ? undefined : GAPS[gap](question, row);
}

const GAPS: Readonly<Record<LaunchGap, (question: LaunchQuestion, row: number) => string>> = {
  job: ({ table }, row) =>
    `It has the job ${quoteUntrusted(table.cell(row, "queue_job_id"))} already.`,
  hypothesis: ({ prefix }) =>
    `It has no hypothesis: give it one with \`${commandWord("hypothesis", prefix)}\`.`,
  objective: () =>
    "It has no objective: name objective.metric in session.yml, or propose it with metric=NAME.",
  program: () => "It has neither a command nor a config, so there is nothing to run.",
};

function fillIn(
  { experimentId, table, settings, operationIdOf }: LaunchQuestion,
  { row, opId, word }: Operation & { readonly row: number },
): StartPlan {
  if (settings.launch === undefined) {
    return refuse(
      "session.yml has no launch.command, which says how experiments are started: add it.",
    );
  }
  const built = buildArgv({
    launch: settings.launch,
    experimentId,
    operationId: operationIdOf(opId),
    command: table.cell(row, "command").trim(),
    configPath: table.cell(row, "config_path").trim(),
  });
  return built.kind === "argv" ? { kind: "launch", opId, word, argv: built.argv } : built;
}

function refuse(reason: string): StartPlan {
  return { kind: "refused", reason };
}
