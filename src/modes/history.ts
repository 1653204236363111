import { InputError } from "../core/errors.ts";
import { buildRowChanges, type RowEvent } from "../core/history/build-row-changes.ts";
import { createRowReader, type RowVersion } from "../core/history/read-row.ts";
import { type DecodedLog, decodeLog } from "../core/log/decode.ts";
import { nearestName } from "../core/text/nearest-name.ts";
import { quoteUntrusted } from "../core/text/safe-log.ts";
import type { History, LogCommit, LogHistory } from "../ports/history.ts";

/** A commit and what it did to the row. */
export interface HistoryEntry extends Omit<RowEvent, "commit"> {
  readonly by: LogCommit;
}

/** The life of a row. */
export interface RowHistory {
  /** Newest last. */
  readonly entries: readonly HistoryEntry[];
  /** Set where the clone is shallow and does not hold the log's beginning. */
  readonly cutOffAt: string | undefined;
}

/**
 * Every change of a row that git remembers up to `HEAD`.
 *
 * @throws {InputError} when no commit holds the log, or the log never held the row
 */
export async function readRowHistory(
  history: History,
  request: { readonly session: string; readonly experimentId: string },
): Promise<RowHistory> {
  const { session, experimentId } = request;
  const log = await history.readLogHistory(session);
  if (log.commits.length === 0) throw noCommit(session);
  const versions = await readVersions(history, log, experimentId);
  const entries = buildEntries(log, versions);
  if (!entries.some(({ kind }) => kind !== "unreadable")) {
    throw await unknownId(history, log, request);
  }
  return { entries, cutOffAt: log.cutOffAt };
}

type Versions = ReadonlyMap<string, RowVersion>;

/** The row in every content the log had; a content that several commits have is read once. */
async function readVersions(
  history: History,
  { commits }: LogHistory,
  experimentId: string,
): Promise<Versions> {
  const places = new Map<string, string>();
  for (const { blob, commit, path } of commits) {
    if (blob !== undefined && !places.has(blob)) places.set(blob, `${commit}:${path}`);
  }
  const readRow = createRowReader(experimentId);
  const oids = [...places.keys()];
  const versions = new Map<string, RowVersion>();
  for await (const bytes of history.readBlobs(oids)) {
    const oid = oids[versions.size] as string;
    versions.set(oid, readRow(bytes, places.get(oid) as string));
  }
  return versions;
}

function buildEntries({ commits }: LogHistory, versions: Versions): readonly HistoryEntry[] {
  const byId = new Map(commits.map((commit) => [commit.commit, commit]));
  const events = buildRowChanges(
    commits.map(({ commit, parents, blob }) => ({
      commit,
      parents,
      version: versions.get(blob ?? "") ?? { kind: "absent" },
    })),
  );
  return events.map(({ commit, ...event }) => ({ ...event, by: byId.get(commit) as LogCommit }));
}

function noCommit(session: string): InputError {
  return new InputError(
    `No commit before HEAD holds a log of the session ${quoteUntrusted(session)}.`,
    {
      remedy: "Check --experiment-name and --experiments-dir, and that the log is committed.",
    },
  );
}

async function unknownId(
  history: History,
  { commits, cutOffAt }: LogHistory,
  { session, experimentId }: { readonly session: string; readonly experimentId: string },
): Promise<InputError> {
  const newest = commits.findLast(({ blob }) => blob !== undefined);
  const known = newest === undefined ? [] : await listIds(history, newest);
  const nearest = nearestName(experimentId, known);
  const meant = nearest === undefined ? "" : ` Did you mean ${quoteUntrusted(nearest)}?`;
  const asked = `${quoteUntrusted(experimentId)} in the session ${quoteUntrusted(session)}`;
  return new InputError(`No commit holds an experiment ${asked}.${meant}`, {
    remedy:
      cutOffAt === undefined
        ? "Check the id; the log must be committed."
        : "The clone is shallow: run `git fetch --unshallow` to look further back.",
  });
}

async function listIds(
  history: History,
  { blob, commit, path }: LogCommit,
): Promise<readonly string[]> {
  for await (const bytes of history.readBlobs([blob as string])) {
    const log: DecodedLog = decodeLog(bytes, `${commit}:${path}`);
    return Array.from({ length: log.rowCount }, (_, row) => log.cell(row, "experiment_id"));
  }
  return [];
}
