import { buildFacts } from "../command/build-facts.ts";
import { type CommandFacts, NO_FACTS } from "../command/facts.ts";
import type { Ledger, LedgerEntry } from "../command/ledger.ts";
import type { LogError } from "../errors.ts";
import { SESSION_FILES } from "../log/columns.ts";
import type { DecodedLog } from "../log/decode.ts";
import { diffLogs } from "../log/diff.ts";
import { pathInSession } from "../session/path-in-session.ts";
import type { SessionSettings } from "../session/settings.ts";
import type { Sha256 } from "../text/sha256.ts";
import { parseInstant } from "../text/time.ts";
import { describeNoFile, type Files } from "./decode-side.ts";
import { decodeSides, describeNoBase, type Sides, type Versions } from "./decode-sides.ts";
import { findNewEntries, reviewLedger } from "./ledger-rules.ts";
import type { LogChange } from "./log-change.ts";
import { createPlaces } from "./places.ts";
import type { Finding, Review } from "./review.ts";
import { reviewLog } from "./review-log.ts";
import { compareFindings, createFinding } from "./rules.ts";

export type { Files } from "./decode-side.ts";

/** A change of one session: its files before and after. */
export interface ReviewInput {
  readonly session: string;
  /** Where the change begins; its session.yml gives the rules. */
  readonly base: Files;
  readonly head: Files;
  /** Why the files before it cannot be read at all, where they cannot. */
  readonly unreadableBase?: LogError | undefined;
  /** Why the files after it cannot be read at all, where they cannot. */
  readonly unreadable?: LogError | undefined;
  /** The present instant, ISO 8601 UTC. */
  readonly now: string;
  readonly sha256: Sha256;
  /** GitHub's id of the repository that takes the commands; without it fewer forged lines of the ledger are found. */
  readonly repositoryId?: string | undefined;
}

/** A review, and what it was made of. */
export interface ReviewedSession {
  readonly review: Review;
  /** `undefined` when one of the two cannot be read. */
  readonly logs: Versions<DecodedLog> | undefined;
  /** Those it was judged by. */
  readonly settings: SessionSettings;
}

/**
 * Finds what a change of a session does that a reviewer should know, as docs/reviewing.md, "What is checked", lists it. What the base had wrong
 * already, and the change did not touch, is none of it. Loads what parses a session.yml: import this module only to
 * review.
 */
export function reviewSession(input: ReviewInput): ReviewedSession {
  const { session, head, unreadableBase, unreadable } = input;
  const sides = decodeSides(input);
  const { logs, settings } = sides;
  const findings = [
    ...(unreadable === undefined ? [] : [describeNoFile(unreadable)]),
    ...(unreadableBase === undefined ? [] : describeNoBase(head, unreadableBase)),
  ];
  if (findings.length === 0) return { review: reviewSides(input, sides), logs, settings };
  return { review: { session, findings, diff: undefined }, logs: undefined, settings };
}

function reviewSides(input: ReviewInput, sides: Sides): Review {
  const newEntries = (sides.ledgers && findNewEntries(sides.ledgers)) ?? [];
  const groups = groupByExperiment(newEntries);
  const change =
    sides.logs === undefined ? undefined : buildChange(input, { ...sides, groups }, sides.logs);
  const findings = isRemoved(input)
    ? [describeRemoved(input)]
    : [
        ...sides.findings,
        ...(change === undefined ? [] : reviewLog(change)),
        ...reviewLedgers(input, sides),
      ];
  return {
    session: input.session,
    findings: findings.sort(compareFindings),
    diff: change?.diff,
    ...(newEntries.length === 0 ? {} : { newEntries }),
  };
}

function isRemoved({ base, head }: ReviewInput): boolean {
  const isLogGone = base.files.has(SESSION_FILES.log) && !head.files.has(SESSION_FILES.log);
  return isLogGone || (base.files.size > 0 && head.files.size === 0);
}

function describeRemoved({ base }: ReviewInput): Finding {
  const path = pathInSession(base, SESSION_FILES.log);
  const sentence =
    "the session's log is gone; experiments are never discarded. Restore the folder, or set `paused: true` in its session.yml.";
  return createFinding("session-removed", { path }, sentence);
}

function buildChange(
  input: ReviewInput,
  sides: Sides & { readonly groups: LogChange["newEntries"] },
  logs: Versions<DecodedLog>,
): LogChange {
  const { base, head } = logs;
  const { ledgers, settings, groups } = sides;
  const launches = (log: DecodedLog, ledger: Ledger | undefined): CommandFacts["launches"] =>
    (ledger === undefined ? NO_FACTS : buildFacts(log, ledger, input.sha256)).launches;
  return {
    base,
    head,
    diff: diffLogs(base, head),
    settings,
    now: secondsOf(input),
    places: createPlaces(head),
    newEntries: groups,
    launchesBefore: launches(base, ledgers?.base),
    launchesAfter: launches(head, ledgers?.head),
  };
}

function groupByExperiment(entries: readonly LedgerEntry[]): LogChange["newEntries"] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.experimentId);
    if (group === undefined) groups.set(entry.experimentId, [entry]);
    else group.push(entry);
  }
  return groups;
}

function secondsOf({ now }: ReviewInput): number {
  return parseInstant(now) as number;
}

function reviewLedgers(input: ReviewInput, { ledgers, headLog }: Sides): readonly Finding[] {
  if (ledgers === undefined || ledgers.base === ledgers.head) return [];
  const { sha256, repositoryId } = input;
  return reviewLedger({ ...ledgers, log: headLog, now: secondsOf(input), sha256, repositoryId });
}
