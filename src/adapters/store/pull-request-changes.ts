import { LogError } from "../../core/errors.ts";
import { RECORD_FILES } from "../../core/log/columns.ts";
import { present } from "../../core/text/present.ts";
import type { BranchHead, BranchRemote } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import type {
  PullRequestChanges,
  ReviewedPullRequest,
  SessionChange,
} from "../../ports/pull-request-changes.ts";
import type { PullRequests } from "../../ports/pull-requests.ts";
import { listSessions, sessionFolder } from "./session-paths.ts";
import { createSessionReader } from "./session-reader.ts";

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
    const before = await readSide(read(base, session), folder);
    const after = await readSide(read(head, session), folder);
    changes.push({
      session,
      base: before.files,
      head: after.files,
      ...present({ unreadableBase: before.error, unreadable: after.error }),
    });
  }
  return changes;
}

/** One session that cannot be read does not keep the others from being reviewed. */
async function readSide(
  side: Promise<SessionFiles>,
  folder: string,
): Promise<{ readonly files: SessionFiles; readonly error?: LogError }> {
  try {
    return { files: await side };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return { files: { folder, files: new Map() }, error };
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
