import { classifyRefusal } from "../../core/sync/retry.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { CommitOutcome, CommitRequest } from "../../ports/branch-remote.ts";
import { COMMIT_TASK, type CommitTarget } from "./commit-target.ts";
import { GitHubError, wordsOf } from "./failure.ts";
import { readPath, readText } from "./json.ts";
import { commitMerge } from "./merge-commit.ts";

// https://docs.github.com/graphql/reference/mutations#createcommitonbranch
const MUTATION = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid committedDate } ref { target { oid } } }
}`;

/** Makes one commit by compare-and-swap; a second parent takes git's data API, which GraphQL's mutation lacks. */
export async function commitOnBranch(
  target: CommitTarget,
  request: CommitRequest,
): Promise<CommitOutcome> {
  const bytes = countBytes(request);
  if (bytes > target.maxBytes) return { kind: "too-large", bytes };
  try {
    if (request.mergeParent !== undefined) {
      return await commitMerge(target, { ...request, mergeParent: request.mergeParent });
    }
    return await commitFiles(target, request);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return classifyCommitFailure(error, bytes);
  }
}

async function commitFiles(target: CommitTarget, request: CommitRequest): Promise<CommitOutcome> {
  const additions = [...request.files].map(([path, content]) => ({
    path,
    contents: Buffer.from(content).toString("base64"),
  }));
  const data = await target.client.mutate(COMMIT_TASK, {
    query: MUTATION,
    variables: {
      input: {
        branch: {
          repositoryNameWithOwner: `${target.owner}/${target.repo}`,
          branchName: request.branch,
        },
        message: { headline: request.message.headline, body: request.message.body },
        expectedHeadOid: request.parent,
        fileChanges: { additions },
      },
    },
  });
  return readBack(readPath(data, "createCommitOnBranch"));
}

/** The same answer tells where the branch stands now; without that the commit is not proved. */
function readBack(payload: unknown): CommitOutcome {
  const commit = readPath(payload, "commit");
  if (commit === undefined || readPath(payload, "ref", "target", "oid") === undefined) {
    return { kind: "unclear", reason: "GitHub's answer names no commit" };
  }
  return {
    kind: "committed",
    commit: readText(commit, "oid"),
    committedAt: readText(commit, "committedDate"),
  };
}

const STALE =
  /expected branch to point to|but expected|not a fast.?forward|fast-?forward|expectedHeadOid|reference does not exist|no such branch|no ref found|(?:branch|ref) .*(?:not found|does not exist)/i;

/** What a failed commit means for the loop; what no other attempt mends is thrown. */
function classifyCommitFailure(error: GitHubError, bytes: number): CommitOutcome {
  const { failure } = error;
  if (failure.kind === "unclear") return { kind: "unclear", reason: failure.reason };
  const words = wordsOf(failure);
  if (failure.kind === "graphql" && failure.errors.some(({ type }) => type === "STALE_DATA")) {
    return { kind: "stale" };
  }
  const refusal = classifyRefusal(words);
  if (refusal === "protected") return { kind: "protected", reason: quoteUntrusted(words) };
  if (refusal === "secret") throw error;
  if (STALE.test(words)) return { kind: "stale" };
  if (error.status === 413 || refusal === "too-large") return { kind: "too-large", bytes };
  // A merge of two writers at GitHub answers 409 without a telling word: read again and see.
  if (error.status === 409) return { kind: "unclear", reason: "it answered with a conflict" };
  throw error;
}

function countBytes(request: CommitRequest): number {
  return [...request.files.values()].reduce((sum, content) => sum + content.byteLength, 0);
}
