import { createHash } from "node:crypto";
import { RemoteError } from "../../core/errors.ts";
import { hashBlob, selectFiles } from "../../core/sync/git-object.ts";
import type { BranchHead, BranchRemote } from "../../ports/branch-remote.ts";
import { commitOnBranch } from "./commit.ts";
import type { CommitTarget } from "./commit-target.ts";
import { GitHubError, type Task, wordsOf } from "./failure.ts";
import { readPath, readText } from "./json.ts";
import { buildHeadQuery, parseHead, parseOwnBranches } from "./read-head.ts";

export interface ApiRemoteOptions extends CommitTarget {
  /** Relative to the repository, with forward slashes; `.` is the repository itself. */
  readonly experimentsDir: string;
}

const READ: Task = { what: "read the log's branch", needs: "contents: read" };
const CREATE: Task = { what: "create a branch", needs: "contents: write" };

/** Reaches a branch over GitHub's API: no checkout, no git, commits signed by GitHub. */
export function createApiRemote(options: ApiRemoteOptions): BranchRemote {
  const own = new Set<string>();
  return {
    readHead: (branch) =>
      readHead(options, branch, (seen) => {
        for (const name of seen) own.add(name);
      }),
    sawOwnBranch: async (branch) => own.has(branch),
    readCommit: (branch, commit) => readCommit(options, branch, commit),
    readFiles: (head, paths) => readFiles(options, head, paths),
    commit: (request) => commitOnBranch(options, request),
    createBranch: (branch, commit) => createBranch(options, branch, commit),
  };
}

async function readHead(
  options: ApiRemoteOptions,
  branch: string | undefined,
  onOwnBranches: (seen: ReadonlySet<string>) => void,
): Promise<BranchHead | undefined> {
  const repository = await queryRepository(options, {
    selection: branch === undefined ? "default" : "branch",
    variables: branch === undefined ? {} : { ref: `refs/heads/${branch}` },
  });
  onOwnBranches(parseOwnBranches(repository));
  const ref = readPath(repository, "ref");
  if (ref === undefined) return undefined;
  const name = branch ?? readText(ref, "name");
  return parseHead(readPath(ref, "target"), name, options.experimentsDir);
}

async function readCommit(
  options: ApiRemoteOptions,
  branch: string,
  oid: string,
): Promise<BranchHead> {
  const repository = await queryRepository(options, { selection: "commit", variables: { oid } });
  return parseHead(readPath(repository, "object"), branch, options.experimentsDir);
}

async function queryRepository(
  { client, owner, repo, experimentsDir }: ApiRemoteOptions,
  request: { selection: "default" | "branch" | "commit"; variables: Record<string, string> },
): Promise<unknown> {
  const dir = experimentsDir === "." ? {} : { dir: experimentsDir };
  const query = buildHeadQuery(experimentsDir, request.selection);
  const variables = { owner, repo, ...dir, ...request.variables };
  const data = await client.query(READ, { query, variables }).catch(acceptAbsentFolder);
  const repository = readPath(data, "repository");
  if (repository !== undefined) return repository;
  throw new RemoteError(`The repository ${owner}/${repo} was not found.`);
}

/** A repository without the experiments directory is an empty record, also where GitHub reports the folder as an error. */
function acceptAbsentFolder(error: unknown): unknown {
  if (error instanceof GitHubError && error.failure.kind === "graphql") {
    const { errors, data } = error.failure;
    const absent = errors.every((one) => one.type === "NOT_FOUND" && one.path.at(-1) === "file");
    if (absent) return data;
  }
  throw error;
}

async function readFiles(
  options: ApiRemoteOptions,
  head: BranchHead,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = selectFiles(head.entries, paths).map(
    async ({ path, oid }) => [path, await readBlob(options, path, oid)] as const,
  );
  return new Map(await Promise.all(files));
}

function readBlob(options: ApiRemoteOptions, path: string, oid: string): Promise<Uint8Array> {
  const { client, owner, repo } = options;
  return client.readBytes(
    { what: `read ${path}`, needs: "contents: read" },
    {
      route: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
      parameters: { owner, repo, file_sha: oid },
    },
    // git's own name of the bytes proves that they arrived whole and exact.
    (bytes) => hashBlob(bytes, oid, createHash) === oid,
  );
}

async function createBranch(
  options: ApiRemoteOptions,
  branch: string,
  sha: string,
): Promise<"created" | "exists"> {
  const { client, owner, repo } = options;
  const parameters = { owner, repo, ref: `refs/heads/${branch}`, sha };
  try {
    await client.write(CREATE, { route: "POST /repos/{owner}/{repo}/git/refs", parameters });
    return "created";
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    if (/reference already exists/i.test(wordsOf(error.failure))) return "exists";
    const ignore = () => undefined;
    if (error.failure.kind === "unclear" && (await readHead(options, branch, ignore)) !== undefined)
      return "exists";
    throw error;
  }
}
