import { requireContentsWrite } from "../access.ts";
import type { FileChange } from "../git/bare-repo.ts";
import { readCommit } from "../git/commits.ts";
import { nodeId } from "../ids.ts";
import { Problem } from "../problem.ts";
import { commitOnBranch, signatureOf } from "../services/refs.ts";
import type { Repo } from "../state.ts";
import { type GraphqlContext, repoByName } from "./context.ts";
import { commitNode, refNode } from "./git-objects.ts";

export type CommitInput = {
  clientMutationId?: string | null;
  branch: {
    id?: string | null;
    repositoryNameWithOwner?: string | null;
    branchName?: string | null;
  };
  message: { headline: string; body?: string | null };
  expectedHeadOid: string;
  fileChanges?: {
    additions?: { path: string; contents: string }[] | null;
    deletions?: { path: string }[] | null;
  } | null;
};

async function branchOf(
  context: GraphqlContext,
  branch: CommitInput["branch"],
): Promise<{ repo: Repo; name: string }> {
  if (branch.id) {
    for (const repo of context.world.repos.values()) {
      for (const ref of (await repo.git.refs("refs/heads/")).keys()) {
        if (nodeId("REF", repo.id, ref) !== branch.id) continue;
        return { repo, name: ref.replace("refs/heads/", "") };
      }
    }
    throw new Problem(404, `Could not resolve to a node with the global id of '${branch.id}'`);
  }
  const [owner = "", name = ""] = (branch.repositoryNameWithOwner ?? "").split("/");
  const repo = repoByName(context, owner, name);
  return { repo, name: (branch.branchName ?? "").replace(/^refs\/heads\//, "") };
}

function checkPath(path: string): string {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part === ".git")) {
    throw new Problem(422, `A path was requested which is not valid: \`${path}\``);
  }
  return path;
}

function decode(path: string, contents: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(contents)) {
    throw new Problem(422, `The contents of \`${path}\` are not base64`);
  }
  return Buffer.from(contents, "base64");
}

async function changesOf(repo: Repo, input: CommitInput): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path } of input.fileChanges?.deletions ?? []) {
    const there = await repo.git.resolve(`${input.expectedHeadOid}:${path}`);
    if (there === undefined) {
      throw new Problem(
        422,
        `A path was requested for deletion which does not exist as of commit oid \`${input.expectedHeadOid}\`: \`${path}\``,
      );
    }
    changes.push({ path: checkPath(path), content: undefined });
  }
  for (const { path, contents } of input.fileChanges?.additions ?? []) {
    changes.push({ path: checkPath(path), content: decode(path, contents) });
  }
  return changes;
}

/** `createCommitOnBranch`: a commit on the expected head, moved in by compare-and-swap. */
export async function createCommitOnBranch(
  context: GraphqlContext,
  input: CommitInput,
): Promise<object> {
  const { world, token } = context;
  const { repo, name } = await branchOf(context, input.branch);
  requireContentsWrite(token, repo);
  const ref = `refs/heads/${name}`;
  const head = await repo.git.resolve(ref);
  if (head === undefined) throw new Problem(404, `No such branch: \`${name}\``);
  const changes = head === input.expectedHeadOid ? await changesOf(repo, input) : [];
  const { headline, body } = input.message;
  const oid = await commitOnBranch(repo, {
    branch: name,
    expectedHeadOid: input.expectedHeadOid,
    message: body ? `${headline}\n\n${body}` : headline,
    changes,
    author: signatureOf(token.account),
  });
  const created = await readCommit(repo.git, oid);
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: created ? commitNode(world, repo, created) : null,
    ref: () => refNode(world, repo, ref),
  };
}
