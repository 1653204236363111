import { InputError } from "../core/errors.ts";
import { isSession, RECORD_FILES } from "../core/log/columns.ts";
import type { DecodedLog } from "../core/log/decode.ts";
import { diffLogs, type LogDiff } from "../core/log/diff.ts";
import type { DiffSide } from "../core/report/review/diff-sentence.ts";
import { decodeSessionLog } from "../core/session/decode-session.ts";
import { nearestName } from "../core/text/nearest-name.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { LogStore, SessionFiles } from "../ports/log-store.ts";
import type { RevisionFiles, Revisions } from "../ports/revisions.ts";

export interface DiffPorts {
  readonly revisions: Revisions;
  /** The working tree. */
  readonly store: LogStore;
}

export interface DiffRequest {
  readonly base: string;
  /** Absent: the working tree. */
  readonly head: string | undefined;
  /** Absent: every session of both sides. */
  readonly session: string | undefined;
}

/** What differs in one session; without a difference in its cells a session still may be on one side only. */
export interface SessionDiff {
  readonly session: string;
  readonly side: DiffSide;
  readonly diff: LogDiff;
}

/**
 * Compares the logs of two revisions, or of a revision and the working tree, session by session.
 *
 * @throws {LogError} when a log cannot be read exactly
 * @throws {InputError} for a revision or a session that neither side has
 */
export async function diffSessions(
  ports: DiffPorts,
  request: DiffRequest,
): Promise<readonly SessionDiff[]> {
  const { base, head, session } = request;
  const sides = await readSides(ports, request);
  const names = [...new Set([...sides.base.keys(), ...sides.head.keys()])].sort();
  if (session !== undefined && names.length === 0) await refuseUnknown(ports, request);
  return names.map((name) => {
    const [before, after] = [sides.base.get(name), sides.head.get(name)];
    const diff = diffLogs(logOf(before, base), logOf(after, head));
    return { session: name, side: sideOf(before, after), diff };
  });
}

type Sessions = ReadonlyMap<string, RevisionFiles>;

async function readSides(
  { revisions, store }: DiffPorts,
  { base, head, session }: DiffRequest,
): Promise<{ readonly base: Sessions; readonly head: Sessions }> {
  const wanted = session === undefined ? undefined : [session];
  return {
    base: await revisions.readSessions(base, wanted),
    head:
      head === undefined
        ? await readWorkingTree(store, wanted)
        : await revisions.readSessions(head, wanted),
  };
}

/** The sessions of a working tree; those that are not there are left out. */
async function readWorkingTree(
  store: LogStore,
  wanted: readonly string[] | undefined,
): Promise<Sessions> {
  const sessions = new Map<string, SessionFiles>();
  for (const name of wanted ?? (await store.sessions())) {
    const read = await store.read(name, RECORD_FILES);
    if (isSession(read.files.keys())) sessions.set(name, read);
  }
  return sessions;
}

/** A session without a log has an empty one. */
function logOf(session: RevisionFiles = NO_SESSION, revision: string | undefined): DecodedLog {
  if (session.unreadable !== undefined) throw session.unreadable;
  if (revision === undefined) return decodeSessionLog(session);
  return decodeSessionLog({ ...session, folder: `${revision}:${session.folder}` });
}

const NO_SESSION: SessionFiles = { folder: "", files: new Map() };

function sideOf(before: unknown, after: unknown): DiffSide {
  if (before === undefined) return "head";
  return after === undefined ? "base" : "both";
}

async function refuseUnknown(ports: DiffPorts, request: DiffRequest): Promise<never> {
  const sides = await readSides(ports, { ...request, session: undefined });
  const known = [...sides.base.keys(), ...sides.head.keys()];
  const nearest = nearestName(request.session ?? "", known);
  const meant = nearest === undefined ? "" : ` Did you mean ${quoteUntrusted(nearest)}?`;
  throw new InputError(
    `Neither side has a session ${quoteUntrusted(request.session ?? "")}.${meant}`,
    { remedy: "Check the name, the revisions and the experiments directory." },
  );
}
