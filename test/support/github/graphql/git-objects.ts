import type { GitObject, TreeEntry } from "../git/bare-repo.ts";
import { type CommitFacts, readCommit, readCommits } from "../git/commits.ts";
import { nodeId } from "../ids.ts";
import { htmlUrl } from "../rest/serialize-repo.ts";
import type { Repo, World } from "../state.ts";
import { connection, type PageArgs } from "./connection.ts";

/** GitHub cuts a blob's text here. */
const MAX_TEXT = 512_000;

function blob(repo: Repo, { oid, content }: GitObject): object {
  const isBinary = content.subarray(0, 8000).includes(0);
  const isTruncated = content.length > MAX_TEXT;
  return {
    __typename: "Blob",
    id: nodeId("B", repo.id, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    byteSize: content.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : content.subarray(0, MAX_TEXT).toString(),
  };
}

function treeEntry(world: World, repo: Repo, entry: TreeEntry): object {
  return {
    name: entry.path,
    path: entry.path,
    type: entry.type,
    mode: Number.parseInt(entry.mode, 8),
    oid: entry.oid,
    size: entry.size ?? 0,
    object: () => gitObject(world, repo, entry.oid),
  };
}

function tree(world: World, repo: Repo, oid: string): object {
  return {
    __typename: "Tree",
    id: nodeId("T", repo.id, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    entries: async () => (await repo.git.tree(oid)).map((entry) => treeEntry(world, repo, entry)),
  };
}

/** The entry of a path, a folder's too; null when a commit lacks it. */
async function fileEntry(
  world: World,
  repo: Repo,
  treeOid: string,
  path: string,
): Promise<object | null> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const parent = path.slice(0, Math.max(0, path.length - name.length - 1));
  const folder = await repo.git.object(`${treeOid}:${parent}`);
  if (folder?.type !== "tree") return null;
  const entry = (await repo.git.tree(folder.oid)).find((one) => one.path === name);
  return entry ? treeEntry(world, repo, entry) : null;
}

function actor(signature: CommitFacts["author"]): object {
  return { name: signature.name, email: signature.email, date: signature.date };
}

/** A commit, with what lies behind it. */
export function commitNode(world: World, repo: Repo, commit: CommitFacts): object {
  const url = `${htmlUrl(world, repo)}/commit/${commit.oid}`;
  return {
    __typename: "Commit",
    id: nodeId("C", repo.id, commit.oid),
    oid: commit.oid,
    abbreviatedOid: commit.oid.slice(0, 7),
    url,
    commitUrl: url,
    message: commit.message,
    messageHeadline: commit.message.split("\n")[0],
    messageBody: commit.message.split("\n\n").slice(1).join("\n\n"),
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    author: actor(commit.author),
    committer: actor(commit.committer),
    tree: tree(world, repo, commit.tree),
    file: ({ path }: { path: string }) => fileEntry(world, repo, commit.tree, path),
    parents: async (args: PageArgs) =>
      commitConnection(world, repo, await readCommits(repo.git, commit.parents), args),
    history: async (args: PageArgs & { path?: string | null; since?: string; until?: string }) => {
      const options = [
        ...(args.since ? [`--since=${args.since}`] : []),
        ...(args.until ? [`--until=${args.until}`] : []),
        ...(args.path ? [args.path] : []),
      ];
      const oids = await repo.git.revList(commit.oid, options);
      if (args.first === undefined && args.last === undefined) return { totalCount: oids.length };
      return commitConnection(world, repo, await readCommits(repo.git, oids), args);
    },
  };
}

function commitConnection(
  world: World,
  repo: Repo,
  commits: readonly CommitFacts[],
  args: PageArgs,
): object {
  const items = commits.map((item) => ({ key: item.oid, item }));
  return connection("history", items, args, (item) => commitNode(world, repo, item));
}

/** The object a revision or an expression such as `main:path` names; null when there is none. */
export async function gitObject(
  world: World,
  repo: Repo,
  expression: string,
): Promise<object | null> {
  const found = await repo.git.object(expression);
  if (!found) return null;
  if (found.type === "blob") return blob(repo, found);
  if (found.type === "tree") return tree(world, repo, found.oid);
  const commit = await readCommit(repo.git, found.oid);
  return commit ? commitNode(world, repo, commit) : null;
}

/** A reference by its full name; null when it does not exist. */
export async function refNode(world: World, repo: Repo, ref: string): Promise<object | null> {
  const oid = await repo.git.resolve(ref);
  if (oid === undefined) return null;
  const prefix = ref.startsWith("refs/heads/") ? "refs/heads/" : ref.replace(/[^/]+$/, "");
  return {
    __typename: "Ref",
    id: nodeId("REF", repo.id, ref),
    name: ref.slice(prefix.length),
    prefix,
    target: () => gitObject(world, repo, oid),
  };
}
