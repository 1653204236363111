import { renderMessage } from "../../core/sync/message.ts";
import type { CommitOutcome, CommitRequest } from "../../ports/branch-remote.ts";
import { COMMIT_TASK, type CommitTarget } from "./commit-target.ts";
import { readText } from "./json.ts";

type MergeRequest = CommitRequest & { readonly mergeParent: string };

/**
 * Makes a commit with two parents from git's own objects and moves the branch forward, never by force. Objects that a failure
 * leaves behind hang on no branch.
 */
export async function commitMerge(
  target: CommitTarget,
  request: MergeRequest,
): Promise<CommitOutcome> {
  const tree = await createTree(target, request);
  const commit = await send(target, "POST /repos/{owner}/{repo}/git/commits", {
    message: renderMessage(request.message),
    tree,
    parents: [request.parent, request.mergeParent],
  });
  const sha = readText(commit, "sha");
  await send(target, "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
    ref: `heads/${request.branch}`,
    sha,
    force: false,
  });
  return { kind: "committed", commit: sha, committedAt: readText(commit, "committer", "date") };
}

/** The base branch's tree with our files; their bytes go by base64, because a tree's own `content` is text. */
async function createTree(target: CommitTarget, request: MergeRequest): Promise<string> {
  const base = await target.client.read(COMMIT_TASK, {
    route: "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
    parameters: { owner: target.owner, repo: target.repo, commit_sha: request.mergeParent },
  });
  const files = [...request.files].map(async ([path, content]) => {
    const blob = await send(target, "POST /repos/{owner}/{repo}/git/blobs", {
      content: Buffer.from(content).toString("base64"),
      encoding: "base64",
    });
    return { path, mode: "100644", type: "blob", sha: readText(blob, "sha") };
  });
  const tree = await send(target, "POST /repos/{owner}/{repo}/git/trees", {
    base_tree: readText(base, "tree", "sha"),
    tree: await Promise.all(files),
  });
  return readText(tree, "sha");
}

function send(
  { client, owner, repo }: CommitTarget,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return client.write(COMMIT_TASK, { route, parameters: { owner, repo, ...parameters } });
}
