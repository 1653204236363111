import { readFile } from "node:fs/promises";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { formatInstant } from "../../core/text/time.ts";
import type { LogCommit, LogHistory } from "../../ports/history.ts";
import type { Checkout } from "./checkout.ts";
import { findCommit, isShallow } from "./revisions.ts";

/**
 * The log's commits, followed to where it was created: where a folder was renamed, on under the old name, also on that
 * side of a merge alone which still has the old one.
 */
export async function readLogHistory(checkout: Checkout, path: string): Promise<LogHistory> {
  const commits = new Map<string, LogCommit>();
  const waiting: Stretch[] = [{ from: await findCommit(checkout, "HEAD"), path }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const listed = await listCommits(checkout, next);
    const fresh = listed.filter(({ commit }) => !commits.has(commit));
    for (const one of fresh) commits.set(one.commit, one);
    if (next.child !== undefined) continueWith(commits, next.child, listed.at(-1));
    waiting.push(...(await findRenames(checkout, fresh)));
  }
  const sorted = parentsFirst(commits);
  const boundary = await readBoundary(checkout);
  const cutOffAt = sorted.find(({ commit }) => boundary.has(commit))?.commit;
  return { commits: sorted, ...(cutOffAt === undefined ? {} : { cutOffAt }) };
}

/** The log's history up to a commit, under the name that it had there. */
interface Stretch {
  readonly from: string;
  readonly path: string;
  /** The commit that goes on under another name. */
  readonly child?: { readonly commit: string; readonly isMerge: boolean };
}

/** A commit follows the newest one under the old name; a merge does so besides what it follows under its own. */
function continueWith(
  commits: Map<string, LogCommit>,
  { commit, isMerge }: NonNullable<Stretch["child"]>,
  newest: LogCommit | undefined,
): void {
  const child = commits.get(commit);
  if (child === undefined || newest === undefined) return;
  const parents = new Set([...(isMerge ? child.parents : []), newest.commit]);
  commits.set(commit, { ...child, parents: [...parents] });
}

/** Stretches that were found apart in one order: what a commit follows stands before it. */
function parentsFirst(commits: ReadonlyMap<string, LogCommit>): readonly LogCommit[] {
  const sorted = new Map<string, LogCommit>();
  const stack = [...commits.values()].toReversed();
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const missing = top.parents.flatMap((parent) => {
      const known = sorted.has(parent) ? undefined : commits.get(parent);
      return known === undefined ? [] : [known];
    });
    stack.push(...missing);
    if (missing.length > 0) continue;
    sorted.set(top.commit, top);
    stack.pop();
  }
  return [...sorted.values()];
}

/** The commits behind which a shallow clone has nothing: https://git-scm.com/docs/shallow */
async function readBoundary(checkout: Checkout): Promise<ReadonlySet<string>> {
  if (!(await isShallow(checkout))) return new Set();
  const args = ["rev-parse", "--path-format=absolute", "--git-path", "shallow"];
  const text = await readFile(await checkout.read({ args }), "utf8");
  return new Set(text.split("\n"));
}

/** One line a commit, after git's own `commit <id> <parents…>`. */
const FORMAT = ["--encoding=UTF-8", "--format=%at%x00%aN%x00%s"];

/** The commits that made a path what it is at a commit, parents first, as `git log` simplifies history. */
async function listCommits(
  checkout: Checkout,
  { from, path }: { readonly from: string; readonly path: string },
): Promise<LogCommit[]> {
  const args = ["--literal-pathspecs", "rev-list", "--topo-order", "--parents", ...FORMAT];
  const lines = (await checkout.read({ args: [...args, from, "--", path] })).split("\n");
  const commits: Omit<LogCommit, "blob">[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [, commit = "", ...parents] = (lines[at] ?? "").split(" ");
    const [seconds, author = "", subject = ""] = (lines[at + 1] ?? "").split("\0");
    const authoredAt = formatInstant(Number(seconds));
    commits.unshift({ commit, author, authoredAt, subject, path, parents });
  }
  const blobs = await findBlobs(checkout, commits);
  return commits.map((one, at) => ({ ...one, blob: blobs[at] }));
}

/** The object ids of a log at commits, all by one git. */
async function findBlobs(
  checkout: Checkout,
  commits: readonly Pick<LogCommit, "commit" | "path">[],
): Promise<readonly (string | undefined)[]> {
  const input = commits.map(({ commit, path }) => `${commit}:${path}\n`).join("");
  const checked = await checkout.read({ args: ["cat-file", "--batch-check"], input });
  return checked.split("\n").map((line) => /^([0-9a-f]{40,64}) blob \d+$/.exec(line)?.[1]);
}

/** Where logs go on under an older name: a parent lacks the log, and another one went where it came. */
async function findRenames(
  checkout: Checkout,
  commits: readonly LogCommit[],
): Promise<readonly Stretch[]> {
  const pairs = await listParents(
    checkout,
    commits.filter(({ blob }) => blob !== undefined),
  );
  const blobs = await findBlobs(
    checkout,
    pairs.map(({ parent, path }) => ({ commit: parent, path })),
  );
  const stretches: Stretch[] = [];
  for (const pair of pairs.filter((_, at) => blobs[at] === undefined)) {
    const old = await findOldName(checkout, pair);
    if (old !== undefined) stretches.push({ from: pair.parent, path: old, child: pair });
  }
  return stretches;
}

/** A commit beside one of its parents, and the log's name in the commit. */
interface Pair {
  readonly commit: string;
  readonly parent: string;
  readonly path: string;
  readonly isMerge: boolean;
}

/** All parents; a repository's first commit has none, nor has the one behind which a shallow clone ends. */
async function listParents(
  checkout: Checkout,
  commits: readonly LogCommit[],
): Promise<readonly Pair[]> {
  if (commits.length === 0) return [];
  const args = ["rev-list", "--no-walk=unsorted", "--parents", "--stdin"];
  const input = commits.map(({ commit }) => `${commit}\n`).join("");
  const lines = (await checkout.read({ args, input })).split("\n");
  return commits.flatMap(({ commit, path }, at) => {
    const [, ...parents] = (lines[at] ?? "").split(" ");
    return parents.map((parent) => ({ commit, parent, path, isMerge: parents.length > 1 }));
  });
}

/** What git takes for a log's name before a commit, by what the two have in common. */
async function findOldName(
  checkout: Checkout,
  { commit, parent, path }: Pair,
): Promise<string | undefined> {
  const args = ["diff-tree", "-r", "-z", "-M", "-l0", "--raw", parent, commit];
  const logs = `:(top,glob)**/${SESSION_FILES.log}`;
  const compared = await checkout.read({ args: [...args, "--", logs] });
  const fields = compared.split("\0");
  const at = fields.findIndex(
    (field, index) => /^:\d+ \d+ \w+ \w+ R\d+$/.test(field) && fields[index + 2] === path,
  );
  return at < 0 ? undefined : fields[at + 1];
}
