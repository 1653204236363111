import {
  hasOwnOutcome,
  isApproval,
  isOfLaunch,
  isQueued,
  LEDGER_COLUMNS,
  type Ledger,
  type LedgerEntry,
} from "../command/ledger.ts";
import { isOpId, opId } from "../command/op-id.ts";
import { MOST_COMMANDS } from "../command/registry.ts";
import { lineColumnAt } from "../log/position.ts";
import { readRecords } from "../log/read-records.ts";
import type { LogTable } from "../log/table.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type { Sha256 } from "../text/sha256.ts";
import { formatInstant, parseInstant } from "../text/time.ts";
import { createPlaces } from "./places.ts";
import type { Finding } from "./review.ts";
import { createFinding, type FindingCode } from "./rules.ts";
import { CLOCK_TOLERANCE_SECONDS } from "./time-rules.ts";

/** A change of a session's ledger. */
export interface LedgerChange {
  readonly base: Ledger;
  readonly head: Ledger;
  /** The head's log; `undefined` when it cannot be read. */
  readonly log: LogTable | undefined;
  /** The present instant, in seconds since 1970. */
  readonly now: number;
  /** GitHub's id of the repository, where it is known. */
  readonly repositoryId: string | undefined;
  readonly sha256: Sha256;
}

/** The lines a change adds to a ledger; `undefined` when it changed what stood there. */
export function findNewEntries({
  base,
  head,
}: Pick<LedgerChange, "base" | "head">): readonly LedgerEntry[] | undefined {
  const count = base.entries.length;
  const isExtended = firstDifference(base.bytes, head.bytes) === base.bytes.length;
  // A file without a line end at its end can be extended within its last line.
  const isLastKept =
    JSON.stringify(base.entries[count - 1]) === JSON.stringify(head.entries[count - 1]);
  return isExtended && isLastKept ? head.entries.slice(count) : undefined;
}

/** A ledger only grows, by lines that commands write. */
export function reviewLedger(change: LedgerChange): readonly Finding[] {
  const added = findNewEntries(change);
  return added === undefined ? [describeRewrite(change)] : reviewEntries(change, added);
}

/** How many bytes the two have in common from the start. */
function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  return at;
}

function describeRewrite({ base, head }: LedgerChange): Finding {
  const place = { path: head.path, ...placeOfDifference(base.bytes, head.bytes) };
  const sentence =
    "lines of the ledger are changed or gone from here on; it only grows. Restore the file from the base, and keep new lines behind the old ones.";
  return createFinding("ledger-rewritten", place, sentence);
}

function placeOfDifference(base: Uint8Array, head: Uint8Array): { line: number; column: number } {
  let at = Math.max(0, Math.min(firstDifference(base, head), head.length - 1));
  // The first byte of the character; a file never begins within one.
  while ((Number(head[at]) & 0xc0) === 0x80) at -= 1;
  return lineColumnAt(Buffer.from(head).toString("latin1"), at);
}

function reviewEntries(change: LedgerChange, added: readonly LedgerEntry[]): readonly Finding[] {
  const { base, head, now } = change;
  if (added.length === 0) return [];
  const index = readRecords(head.bytes, { path: head.path, noun: "ledger" });
  const places = createPlaces({ path: head.path, index, header: LEDGER_COLUMNS });
  const doubts = createDoubts(change);
  return added.flatMap((entry, position) => {
    const row = base.entries.length + position;
    const { experimentId, at } = entry;
    const place = experimentId === "" ? {} : { experimentId };
    const doubt = doubts(entry);
    const said = describeEntry(entry, doubt);
    const ofLine = said.map(({ code, sentence }) =>
      createFinding(code, { ...places.ofRow(row), ...place }, sentence),
    );
    const isFuture = Number(parseInstant(at)) > now + CLOCK_TOLERANCE_SECONDS;
    const future = `at lies in the future: ${at}, and it is ${formatInstant(now)}. Take the line out.`;
    return isFuture
      ? [...ofLine, createFinding("time-future", { ...places.ofCell(row, "at"), ...place }, future)]
      : ofLine;
  });
}

function describeEntry(
  entry: LedgerEntry,
  doubt: string | undefined,
): readonly { readonly code: FindingCode; readonly sentence: string }[] {
  if (doubt !== undefined) {
    const sentence = `no command writes this line of the ledger: ${doubt}. Take it out; post the command as a comment instead.`;
    return [{ code: "ledger-forged", sentence }];
  }
  if (!leadsToRun(entry)) return [];
  const { outcome, actor, command } = entry;
  const sentence = `the change adds to the ledger that ${quoteUntrusted(command)} of ${quoteUntrusted(actor)} is ${outcome}. Look whether it came from a comment.`;
  return [{ code: "ledger-approval", sentence }];
}

/** Whether by a line an experiment comes to run. Whoever knows a comment can work out its op_id. */
function leadsToRun(entry: LedgerEntry): boolean {
  return isApproval(entry) || entry.outcome === "launched";
}

/** Tells, line by line in file order, why no command would have written one. */
function createDoubts(change: LedgerChange): (entry: LedgerEntry) => string | undefined {
  const { base, log } = change;
  const known = new Set(base.entries.map(({ opId }) => opId));
  const applied = new Set(base.entries.map(contentOf));
  const queued = new Set(base.entries.filter(isQueued).map(keyOf));
  return (entry) => {
    const { experimentId, outcome, opId, command } = entry;
    if (isQueued(entry)) queued.add(keyOf(entry));
    if (!hasOwnOutcome(entry)) return `${quoteUntrusted(command)} is never ${outcome}`;
    const isCarriedOut = isOfLaunch(entry) && !isQueued(entry);
    if (isCarriedOut && !queued.has(keyOf(entry))) {
      return `no /launch of experiment ${quoteUntrusted(experimentId)} stands before it`;
    }
    if (!isCarriedOut && known.has(opId) && !applied.has(contentOf(entry))) {
      return `its op_id ${quoteUntrusted(opId)} is that of a line in the base which says something else`;
    }
    if (!isOperation(change, entry)) {
      return `its op_id ${quoteUntrusted(opId)} is not that of this command in this comment`;
    }
    const isUnknown =
      log !== undefined && experimentId !== "" && log.rowOf(experimentId) === undefined;
    return isUnknown
      ? `there is no experiment ${quoteUntrusted(experimentId)} in the log`
      : undefined;
  };
}

const INDICES = Array.from({ length: MOST_COMMANDS }, (_, index) => index);
/** Only of such a command it is certain that it is written as it was given: no secret or path was taken out. */
const AS_GIVEN = /^\/(?:approve|launch|result)(?: [\w.:+@%,=-]+)*$/;

/** Whether an op_id is what the program makes of that command in that comment, as far as that is known here. */
function isOperation({ repositoryId, sha256 }: LedgerChange, entry: LedgerEntry): boolean {
  const { commentId, command: canonical } = entry;
  const remote = commentId.startsWith("local-") ? "local" : repositoryId;
  if (!isOpId(entry.opId)) return false;
  if (remote === undefined || !AS_GIVEN.test(canonical)) return true;
  // The command line may be told the id of a comment on GitHub.
  return [remote, "local"].some((repository) => {
    const operation = { repositoryId: repository, commentId, canonical };
    return INDICES.some((index) => opId({ ...operation, index }, sha256) === entry.opId);
  });
}

function keyOf({ opId, experimentId }: LedgerEntry): string {
  return JSON.stringify([opId, experimentId]);
}

/** What a line says, but when: two branches may have taken the same comment. */
function contentOf({ at: _, ...said }: LedgerEntry): string {
  return JSON.stringify(Object.values(said));
}
