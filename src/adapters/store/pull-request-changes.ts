import { LogError } from "../../core/errors.ts";
import { RECORD_FILES } from "../../core/log/columns.ts";
import type { BranchHead, BranchRemote } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import type {
  PullRequestChanges,
  ReviewedPullRequest,
  SessionChange,
} from "../../ports/pull-request-changes.ts";
import type { PullRequests } from "../../ports/pull-requests.ts";
import { listSessions, sessionFolder } from "./session-paths.ts";
import { createSessionReader, type SessionReader } from "./session-reader.ts";

export interface PullRequestChangesOptions {
  readonly remote: Pick<BranchRemote, "readCommit" | "readFiles">;
  readonly pullRequests: Pick<PullRequests, "compare">;
  readonly experimentsDir: string;
}

/** What pull requests change, read as files of commits through whichever remote there is. */
export function createPullRequestChanges(options: PullRequestChangesOptions): PullRequestChanges {
  return {
    readChanges: (pull) => readChanges(options, pull),
  };
}

/** Against the commit where the two parted: what the base has gained since is no change of the pull request. */
async function readChanges(
  { remote, pullRequests, experimentsDir }: PullRequestChangesOptions,
  pull: ReviewedPullRequest,
): Promise<readonly SessionChange[]> {
  const { mergeBase } = await pullRequests.compare(pull.baseSha, pull.headSha);
  const base = await remote.readCommit(`pull request ${pull.number}`, mergeBase);
  const head = await remote.readCommit(`pull request ${pull.number}`, pull.headSha);
  const read = createSessionReader(remote, experimentsDir);
  const names = new Set([base, head].flatMap((side) => listSessions(side, experimentsDir)));
  const changes: SessionChange[] = [];
  for (const session of [...names].sort()) {
    const folder = sessionFolder(experimentsDir, session);
    if (!isChanged(folder, base, head)) continue;
    changes.push(await readChange(read, session, { base, head }));
  }
  return changes;
}

/** One session that cannot be read does not keep the others from being reviewed. */
async function readChange(
  read: SessionReader,
  session: string,
  { base, head }: { readonly base: BranchHead; readonly head: BranchHead },
): Promise<SessionChange> {
  const before: SessionFiles = await read(base, session);
  try {
    return { session, base: before, head: await read(head, session) };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const gone = { folder: before.folder, files: new Map() };
    return { session, base: before, head: gone, unreadable: error };
  }
}

function isChanged(folder: string, base: BranchHead, head: BranchHead): boolean {
  const [before, after] = [base, head].map((side) => side.entries.get(folder));
  if (before?.oid !== after?.oid) return true;
  return RECORD_FILES.some((name) => {
    const [before, after] = [base, head].map((side) => side.entries.get(`${folder}/${name}`));
    return before?.oid !== after?.oid || before?.mode !== after?.mode;
  });
}
