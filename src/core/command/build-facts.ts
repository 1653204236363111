import type { LogTable } from "../log/table.ts";
import type { Sha256 } from "../text/sha256.ts";
import { rowDigest } from "./digest.ts";
import {
  type Approval,
  type CommandFacts,
  type ForcedResult,
  type KnownActor,
  type LaunchState,
  NO_FACTS,
} from "./facts.ts";
import { isApproval, isOf, type Ledger, type LedgerEntry, type LedgerOutcome } from "./ledger.ts";
import { standingEntries } from "./standing-entries.ts";

/** What begins the detail of a `/result --force` that changed something final; what it changed follows. */
export const FORCED = "forced: ";

/** Derives from a ledger what reports, replies and launches need to know about the rows of a log. */
export function buildFacts(table: LogTable, ledger: Ledger, sha256: Sha256): CommandFacts {
  return buildStandingFacts(table, standingEntries(ledger.entries), sha256);
}

/** The same of a ledger's lines as `standingEntries` has them. */
export function buildStandingFacts(
  table: LogTable,
  standing: readonly LedgerEntry[],
  sha256: Sha256,
): CommandFacts {
  const lines = standing.length;
  if (lines === 0) return NO_FACTS;
  const digestOf = createDigests(table, sha256);
  const approvals = new Map<string, LedgerEntry>();
  const launches = new Map<string, Build>();
  const facts: GrowingFacts = {
    approvals: new Map(),
    launches: new Map(),
    forcedResults: [],
    proposers: new Map(),
    approvers: new Map(),
  };
  for (const entry of standing) {
    const { experimentId, outcome } = entry;
    if (isApproval(entry)) {
      recordApproval(approvals, entry);
      if (entry.detail === digestOf(experimentId)?.text) recordApprover(facts.approvers, entry);
    }
    const build = LAUNCH_STATES.get(outcome);
    if (build !== undefined) launches.set(experimentId, (digest) => build(entry, digest));
    if (isProposal(entry)) facts.proposers.set(experimentId, actorOf(entry));
    if (isForced(entry)) facts.forcedResults.push(forcedResultOf(entry));
  }
  for (const [id, entry] of approvals) {
    const digest = digestOf(id);
    if (digest?.isPlanned === true) facts.approvals.set(id, approvalOf(entry, digest.text));
  }
  for (const [id, build] of launches) facts.launches.set(id, build(digestOf(id)?.text));
  return { ...facts, lines };
}

/** Makes a launch's state of the row's digest as it is now. */
type Build = (digest: string | undefined) => LaunchState;

interface GrowingFacts {
  readonly approvals: Map<string, Approval>;
  readonly launches: Map<string, LaunchState>;
  readonly forcedResults: ForcedResult[];
  readonly proposers: Map<string, KnownActor>;
  readonly approvers: Map<string, KnownActor[]>;
}

interface Digest {
  readonly text: string;
  readonly isPlanned: boolean;
}

function createDigests(table: LogTable, sha256: Sha256): (id: string) => Digest | undefined {
  const known = new Map<string, Digest | undefined>();
  const build = (id: string): Digest | undefined => {
    const row = table.rowOf(id);
    if (row === undefined) return undefined;
    return {
      text: rowDigest(table, row, sha256),
      isPlanned: table.holds(row, "status", "planned"),
    };
  };
  return (id) => {
    if (!known.has(id)) known.set(id, build(id));
    return known.get(id);
  };
}

/** Who approved a row as it is stays who approved it, whoever then launches it. */
function recordApproval(approvals: Map<string, LedgerEntry>, entry: LedgerEntry): void {
  const standing = approvals.get(entry.experimentId);
  if (standing?.detail !== entry.detail) approvals.set(entry.experimentId, entry);
}

function recordApprover(approvers: Map<string, KnownActor[]>, entry: LedgerEntry): void {
  const { experimentId } = entry;
  approvers.set(experimentId, [...(approvers.get(experimentId) ?? []), actorOf(entry)]);
}

function approvalOf(entry: LedgerEntry, digest: string): Approval {
  const kind = entry.detail === digest ? "approved" : "cleared";
  return { kind, by: entry.actor, at: entry.at };
}

function isProposal(entry: LedgerEntry): boolean {
  return entry.outcome === "applied" && isOf("propose", entry);
}

function actorOf({ actor, actorId }: LedgerEntry): KnownActor {
  return { actor, actorId };
}

function isForced(entry: LedgerEntry): boolean {
  const { outcome, detail } = entry;
  return outcome === "applied" && detail.startsWith(FORCED) && isOf("result", entry);
}

function forcedResultOf({ experimentId, actor, detail, at }: LedgerEntry): ForcedResult {
  return { experimentId, by: actor, what: detail.slice(FORCED.length), at };
}

type StateBuilder = (entry: LedgerEntry, digest: string | undefined) => LaunchState;

const LAUNCH_STATES: ReadonlyMap<LedgerOutcome, StateBuilder> = new Map<
  LedgerOutcome,
  StateBuilder
>([
  [
    "queued-for-launch",
    ({ opId, actor, at, detail }, digest) => ({
      kind: "queued",
      opId,
      by: actor,
      at,
      isCurrent: detail === digest,
    }),
  ],
  ["launching", ({ opId, at }) => ({ kind: "launching", opId, at })],
  ["launched", ({ opId, at, detail }) => ({ kind: "launched", opId, jobId: detail, at })],
  ["launch-failed", ({ opId, at, detail }) => ({ kind: "failed", opId, reason: detail, at })],
  ["launch-unknown", ({ opId, at, detail }) => ({ kind: "unknown", opId, reason: detail, at })],
]);
