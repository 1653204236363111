import { RemoteError } from "../../core/errors.ts";
import { selectFiles } from "../../core/sync/git-object.ts";
import { OWN_BRANCHES } from "../../core/sync/own-branch.ts";
import { parseInstant } from "../../core/text/time.ts";
import type {
  BranchHead,
  BranchRemote,
  CommitOutcome,
  CommitRequest,
} from "../../ports/branch-remote.ts";
import type { Clock } from "../../ports/clock.ts";
import { classifyPush } from "./classify.ts";
import { encodeFastImport } from "./fast-import.ts";
import { fetchBlobs, fetchCommits, ignoredFilter, readDefaultBranch } from "./fetch.ts";
import { assertBranchName, assertRemoteUrl } from "./names.ts";
import { parseCommit } from "./parse-object.ts";
import { readSessionEntries } from "./read-entries.ts";
import { createTemporaryRepository, type TemporaryRepository } from "./remote-repository.ts";

export interface GitRemoteOptions {
  /** Address of the repository, without a credential. */
  readonly url: string;
  readonly token: string | undefined;
  /** Relative to the repository, with forward slashes. */
  readonly experimentsDir: string;
  /** Where the temporary repository may stand. */
  readonly tempDir: string;
  /** Author and committer. */
  readonly identity: { readonly name: string; readonly email: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Bounds each git process, in milliseconds; two minutes when absent. */
  readonly timeoutMs?: number;
}

/** A branch reached by git plumbing in a temporary repository, which `close` removes. */
export interface GitRemote extends BranchRemote {
  close(): Promise<void>;
}

interface Context extends GitRemoteOptions {
  readonly repository: TemporaryRepository;
  /** Commits the temporary repository holds. */
  readonly commits: Set<string>;
  /** Blobs the temporary repository holds. */
  readonly blobs: Set<string>;
  /** The server knows no filters, so every blob of a fetched commit is here. */
  hasAllBlobs: boolean;
  defaultBranch: Promise<string | undefined> | undefined;
  imports: number;
}

const REFS = "refs/experiment-monitor";

/** Reaches a branch over git. No working tree is touched; the token is in the child processes' environment and nowhere else. */
export function createGitRemote(options: GitRemoteOptions): GitRemote {
  const url = assertRemoteUrl(options.url);
  const context: Context = {
    ...options,
    url,
    repository: createTemporaryRepository({ ...options, url }),
    commits: new Set(),
    blobs: new Set(),
    hasAllBlobs: false,
    defaultBranch: undefined,
    imports: 0,
  };
  return {
    readHead: (branch) => readHead(context, branch),
    readCommit: (branch, commit) => readCommit(context, branch, commit),
    readFiles: (head, paths) => readFiles(context, head, paths),
    commit: (request) => commit(context, request),
    sawOwnBranch: async (branch) =>
      (await context.repository.read(`${REFS}/heads/${assertBranchName(branch)}`)) !== undefined,
    createBranch: (branch, at) => createBranch(context, branch, at),
    close: () => context.repository.close(),
  };
}

async function readHead(
  context: Context,
  wanted: string | undefined,
): Promise<BranchHead | undefined> {
  const branch = wanted ?? (await selectDefaultBranch(context));
  if (branch === undefined) return undefined;
  const ref = `${REFS}/heads/${assertBranchName(branch)}`;
  const own = `+refs/heads/${OWN_BRANCHES}*:${REFS}/heads/${OWN_BRANCHES}*`;
  const isOwn = branch.startsWith(OWN_BRANCHES);
  const refspecs = [`+refs/heads/${branch}:${ref}`, ...(isOwn ? [] : [own])];
  const fetched = await fetchCommits(context, refspecs);
  if (fetched === undefined) return undefined;
  context.hasAllBlobs ||= ignoredFilter(fetched);
  return describeCommit(context, branch, ref);
}

function selectDefaultBranch(context: Context): Promise<string | undefined> {
  context.defaultBranch ??= readDefaultBranch(context);
  return context.defaultBranch;
}

async function readCommit(context: Context, branch: string, oid: string): Promise<BranchHead> {
  if (!context.commits.has(oid)) await fetchCommits(context, [`${oid}:${REFS}/commits/${oid}`]);
  return describeCommit(context, branch, oid);
}

async function describeCommit(context: Context, branch: string, name: string): Promise<BranchHead> {
  const read = context.repository.read;
  const object = await read(name);
  if (object?.type !== "commit") {
    throw new RemoteError(`git fetched no commit of the branch ${branch}.`);
  }
  const entries = await readSessionEntries(read, object.oid, context.experimentsDir);
  context.commits.add(object.oid);
  const { committedAt } = parseCommit(object.content);
  return { branch, commit: object.oid, committedAt, entries };
}

async function readFiles(
  context: Context,
  head: BranchHead,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = selectFiles(head.entries, paths);
  await ensureBlobs(context, new Set(wanted.map(({ oid }) => oid)));
  const files = await Promise.all(
    wanted.map(async ({ path, oid }) => {
      const object = await context.repository.read(oid);
      if (object === undefined) throw new RemoteError(`git fetched no content of ${path}.`);
      return [path, object.content] as const;
    }),
  );
  return new Map(files);
}

async function ensureBlobs(context: Context, oids: ReadonlySet<string>): Promise<void> {
  const absent = [...oids].filter((oid) => !context.blobs.has(oid));
  if (context.hasAllBlobs || absent.length === 0) return;
  await fetchBlobs(context, absent);
  for (const oid of absent) context.blobs.add(oid);
}

async function commit(context: Context, request: CommitRequest): Promise<CommitOutcome> {
  const parent = await ensureParent(context, request);
  if (!parent) return { kind: "stale" };
  const committedAt = context.clock.now();
  const made = await importCommit(context, request, parseInstant(committedAt) ?? 0);
  const ref = `refs/heads/${request.branch}`;
  // The lease makes the push a compare-and-swap also where the branch was deleted: without it, it would be made again.
  const pushed = await push(context, [
    `--force-with-lease=${ref}:${request.parent}`,
    `${made}:${ref}`,
  ]);
  if (pushed.kind === "refused") throw pushed.error;
  if (pushed.kind !== "pushed") return pushed;
  context.commits.add(made);
  return { kind: "committed", commit: made, committedAt };
}

/** Whether the branch still stands where the commit is to be put, and its commit is here. */
async function ensureParent(context: Context, request: CommitRequest): Promise<boolean> {
  if (request.mergeParent !== undefined && !context.commits.has(request.mergeParent)) {
    await readCommit(context, request.branch, request.mergeParent);
  }
  if (context.commits.has(request.parent)) return true;
  const head = await readHead(context, request.branch);
  return head?.commit === request.parent;
}

async function importCommit(
  context: Context,
  request: CommitRequest,
  epochSeconds: number,
): Promise<string> {
  context.imports += 1;
  const stream = encodeFastImport({
    ...request,
    ref: `${REFS}/imports/${context.imports}`,
    mergeParent: await describeMergeParent(context, request.mergeParent),
    identity: context.identity,
    epochSeconds,
  });
  const result = await context.repository.run(["fast-import", "--quiet"], stream);
  const made = result.stdout.toString("latin1").trim();
  if (!result.ok || !/^[0-9a-f]{40,64}$/.test(made)) {
    throw new RemoteError("git fast-import made no commit; the remote was not touched.", {
      cause: new Error(result.stderr),
    });
  }
  return made;
}

async function describeMergeParent(context: Context, oid: string | undefined) {
  if (oid === undefined) return undefined;
  const object = await context.repository.read(oid);
  if (object === undefined) throw new RemoteError(`git fetched no commit ${oid}.`);
  return { commit: oid, tree: parseCommit(object.content).tree };
}

async function push(context: Context, args: readonly string[]) {
  const command = ["push", "--porcelain", "--no-verify", "--no-follow-tags"];
  const flags = args.filter((arg) => arg.startsWith("--"));
  const refspecs = args.filter((arg) => !arg.startsWith("--"));
  return classifyPush(
    await context.repository.run([...command, ...flags, context.url, ...refspecs]),
  );
}

async function createBranch(
  context: Context,
  branch: string,
  at: string,
): Promise<"created" | "exists"> {
  const ref = `refs/heads/${assertBranchName(branch)}`;
  // The empty lease means "must not exist": without it an older branch of that name would be moved forward.
  const pushed = await push(context, [`--force-with-lease=${ref}:`, `${at}:${ref}`]);
  if (pushed.kind === "pushed") return "created";
  if (pushed.kind === "stale") return "exists";
  if (pushed.kind === "refused") throw pushed.error;
  throw new RemoteError(`The branch ${branch} could not be created: ${pushed.reason}.`);
}
