/** A commit that changed a log. */
export interface LogCommit {
  readonly commit: string;
  readonly author: string;
  /** When it was written, ISO 8601 UTC. */
  readonly authoredAt: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Where the log stood, relative to the repository. */
  readonly path: string;
  /** The commits whose log this one continues; none where the log begins, two and more for a merge. */
  readonly parents: readonly string[];
  /** The log's object id; `undefined` when the commit removed it. */
  readonly blob: string | undefined;
}

/** The commits that made a log what it is. */
export interface LogHistory {
  /** Parents before children, so newest last. */
  readonly commits: readonly LogCommit[];
  /** The commit behind which this clone, which is shallow, knows nothing; absent where the log begins in it. */
  readonly cutOffAt?: string;
}

/** What git remembers of a log. */
export interface History {
  /** The history of a log up to `HEAD`, through renames of its folder. */
  readLogHistory(session: string): Promise<LogHistory>;
  /** The contents of those object ids, in their order. */
  readBlobs(oids: readonly string[]): AsyncIterable<Uint8Array>;
}
