import { LogError, MonitorError } from "../core/errors.ts";
import { isSession, RECORD_FILES } from "../core/log/columns.ts";
import type { DecodedLog } from "../core/log/decode.ts";
import type { Review } from "../core/review/review.ts";
import { decodeSessionLedger, decodeSessionLog } from "../core/session/decode-session.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { Clock } from "../ports/clock.ts";
import type { LogStore, SessionFiles } from "../ports/log-store.ts";
import type { RevisionFiles } from "../ports/revisions.ts";
import type { DiffPorts } from "./diff.ts";
import { refuseMissingLog } from "./refuse-absent.ts";
import { readSettings } from "./session-settings.ts";

/** What is wrong with a session's files; nothing when all of it can be read exactly. */
export interface CheckedSession {
  readonly session: string;
  /** Experiments in the log; absent when it cannot be read. */
  readonly rows: number | undefined;
  readonly problems: readonly MonitorError[];
}

/** Validates a session's log, its ledger and its session.yml. */
export async function checkSession(store: LogStore, session: string): Promise<CheckedSession> {
  const problems: MonitorError[] = [];
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MonitorError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const files = await attempt(() => store.read(session, RECORD_FILES));
  const log = files && (await attempt(() => decodeExisting(files)));
  if (files !== undefined) {
    await attempt(() => decodeSessionLedger(files));
    await attempt(() => readSettings(files));
  }
  return { session, rows: log?.rowCount, problems };
}

/** A session may have no log yet, but then it has settings; with neither, its name is a mistake. */
function decodeExisting(session: SessionFiles): DecodedLog {
  if (!isSession(session.files.keys())) refuseMissingLog(session);
  return decodeSessionLog(session);
}

/** The change since a revision, reviewed. */
export interface ReviewedSince {
  /** The commit it was compared with: where `HEAD` left the revision. */
  readonly commit: string;
  /** By session, sorted by name. */
  readonly reviews: readonly Review[];
}

/**
 * Reviews what the working tree changes since `HEAD` left a revision, as the pull request would be reviewed: what the
 * revision has got since then is no deletion here.
 *
 * @param request `session`: the only one; absent: every session of both sides
 * @throws {InputError} for an unknown revision
 */
export async function reviewSince(
  ports: DiffPorts & { readonly clock: Pick<Clock, "now">; readonly sha256: Sha256 },
  request: { readonly base: string; readonly session: string | undefined },
): Promise<ReviewedSince> {
  const { revisions, store, clock, sha256 } = ports;
  const wanted = request.session === undefined ? undefined : [request.session];
  const named = await revisions.findCommit(request.base);
  const commit = (await revisions.findMergeBase(named, "HEAD")) ?? named;
  const bases = await revisions.readSessions(commit, wanted);
  const names = new Set([...bases.keys(), ...(wanted ?? (await store.sessions()))]);
  const { reviewSession } = await import("../core/review/review-session.ts");
  const reviews: Review[] = [];
  for (const session of [...names].sort()) {
    const { unreadable, ...head } = await readReviewed(store, session);
    const base: RevisionFiles = bases.get(session) ?? { ...head, files: new Map() };
    const { unreadable: unreadableBase } = base;
    const sides = { base, head, unreadableBase, unreadable };
    reviews.push(reviewSession({ session, ...sides, now: clock.now(), sha256 }).review);
  }
  return { commit, reviews };
}

/** Files that may not be read, such as a symlink, are no files, and why. */
async function readReviewed(store: LogStore, session: string): Promise<RevisionFiles> {
  try {
    return await store.read(session, RECORD_FILES);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const folder = error.path.slice(0, error.path.lastIndexOf("/"));
    return { folder, files: new Map(), unreadable: error };
  }
}
