import { rowDigest } from "../command/digest.ts";
import { isOfLaunch, isQueued, type Ledger, type LedgerEntry } from "../command/ledger.ts";
import { standingEntries } from "../command/standing-entries.ts";
import type { Sha256 } from "../text/sha256.ts";
import { type LaunchPlan, type LaunchQuestion, planLaunch, planStart } from "./plan-launch.ts";

/** What a run finds when it wants to launch an experiment. */
export type Claim =
  | Exclude<LaunchPlan, { kind: "launch" | "recover" }>
  | (Extract<LaunchPlan, { kind: "recover" }> & { readonly operationId: string })
  /** This run's to start, once the lines stand in the ledger; none when they do. */
  | {
      readonly kind: "claimed";
      readonly opId: string;
      /** What the queue is told. */
      readonly operationId: string;
      readonly argv: readonly string[];
      readonly added: readonly LedgerEntry[];
    }
  /** This run's line stands, but the experiment must not be started any more. */
  | { readonly kind: "withdrawn"; readonly opId: string; readonly reason: string };

export interface ClaimInput {
  readonly question: Omit<LaunchQuestion, "operationIdOf">;
  readonly ledger: Ledger;
  /** Tells this run from every other one. */
  readonly runId: string;
  readonly sha256: Sha256;
}

/**
 * Claims an experiment for this run: a line `launching` that names the run. Applied again after a commit whose fate was
 * unclear, it knows its own line from another run's, so that of several runs only one starts the program.
 */
export function claimLaunch(input: ClaimInput): Claim {
  const { ledger, runId } = input;
  const { experimentId } = input.question;
  const line = lastLine(ledger, experimentId);
  if (line?.outcome === "launching" && line.detail === detailOf(runId)) return takeUp(input, line);
  const plan = planLaunch(questionOf(input));
  if (plan.kind === "recover") {
    return { ...plan, operationId: nameOperation(ledger, { experimentId, opId: plan.opId }) };
  }
  return plan.kind === "launch" ? claim(input, plan) : plan;
}

/**
 * What the queue is told of an operation: its id, with a number for the second and later experiments of one `/launch`, so that
 * each job can be told from the others.
 */
export function nameOperation(
  ledger: Ledger,
  { experimentId, opId }: { readonly experimentId: string; readonly opId: string },
): string {
  const ids = ledger.entries
    .filter((entry) => entry.opId === opId && isQueued(entry))
    .map((entry) => entry.experimentId);
  const at = ids.indexOf(experimentId);
  return at > 0 ? `${opId}${at + 1}` : opId;
}

function questionOf({ question, ledger }: ClaimInput): LaunchQuestion {
  const { experimentId } = question;
  return {
    ...question,
    operationIdOf: (opId) => nameOperation(ledger, { experimentId, opId }),
  };
}

function claim(
  input: ClaimInput,
  { opId, argv, word }: Extract<LaunchPlan, { kind: "launch" }>,
): Claim {
  const { question, ledger, runId } = input;
  const { experimentId, now: at } = question;
  const asked = word === undefined ? [] : [lineOfWord(input, word)];
  const line = (asked[0] ?? lastLine(ledger, experimentId, opId)) as LedgerEntry;
  const added = [...asked, { ...line, outcome: "launching" as const, detail: detailOf(runId), at }];
  return {
    kind: "claimed",
    opId,
    operationId: nameOperation(ledger, { experimentId, opId }),
    argv,
    added,
  };
}

/** The newest line about an experiment's launch; with an operation id, of that operation. */
export function lastLine(
  ledger: Ledger,
  experimentId: string,
  opId?: string,
): LedgerEntry | undefined {
  return ledger.entries.findLast(
    (entry) =>
      entry.experimentId === experimentId &&
      isOfLaunch(entry) &&
      (opId === undefined || entry.opId === opId),
  );
}

/** The newest line about the launch of every experiment for which `/launch` was ever given. */
export function lastLines({ entries }: Ledger): readonly LedgerEntry[] {
  const ofLaunch = entries.filter(isOfLaunch);
  return [...new Map(ofLaunch.map((entry) => [entry.experimentId, entry])).values()];
}

function detailOf(runId: string): string {
  return `run ${runId}`;
}

/** The claim stands, but between it and now somebody may have changed the row or stopped the loop. */
function takeUp(input: ClaimInput, line: LedgerEntry): Claim {
  const { question, ledger, sha256 } = input;
  const { experimentId, table } = question;
  const { opId, actor: by, at } = line;
  const queued = standingEntries(ledger.entries).findLast(
    (entry) => entry.opId === opId && entry.experimentId === experimentId && isQueued(entry),
  );
  const row = table.rowOf(experimentId);
  const isCurrent = row !== undefined && queued?.detail === rowDigest(table, row, sha256);
  const { word: _, ...unasked } = questionOf(input);
  const plan = planStart(unasked, { kind: "queued", opId, by, at, isCurrent });
  if (plan.kind === "refused") return { kind: "withdrawn", opId, reason: plan.reason };
  const operationId = nameOperation(ledger, { experimentId, opId });
  return { kind: "claimed", opId, operationId, argv: plan.argv, added: [] };
}

function lineOfWord(
  { question, sha256 }: ClaimInput,
  { isForced: _, ...word }: NonNullable<LaunchQuestion["word"]>,
): LedgerEntry {
  const { experimentId, table, now } = question;
  return {
    ...word,
    experimentId,
    outcome: "queued-for-launch",
    detail: rowDigest(table, table.rowOf(experimentId) as number, sha256),
    at: now,
  };
}
