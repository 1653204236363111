import { readFile } from "node:fs/promises";
import { RemoteError } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import { formatInstant } from "../../core/text/time.ts";
import type { History, LogCommit, LogHistory } from "../../ports/history.ts";
import { type Checkout, openCheckout } from "./checkout.ts";
import { createObjectReader } from "./object-reader.ts";
import { readAhead } from "./read-ahead.ts";
import { findCommit, isShallow, type RevisionsOptions } from "./revisions.ts";

/** Reads the history of logs in the repository that holds `cwd`. */
export function createHistory(options: RevisionsOptions): History {
  let opened: Promise<Checkout> | undefined;
  const open = () => {
    opened ??= openCheckout({ ...options, purpose: "read" });
    return opened;
  };
  return {
    async readLogHistory(session) {
      const checkout = await open();
      const folder = await checkout.locate(options.experimentsDir);
      const prefix = folder === "" ? "" : `${folder}/`;
      return readLogHistory(checkout, `${prefix}${session}/${SESSION_FILES.log}`);
    },
    async *readBlobs(oids) {
      const checkout = await open();
      const reader = await createObjectReader(checkout.root, checkout.env);
      try {
        const wanted = oids.map((oid) => ({ oid }));
        for await (const [{ oid }, object] of readAhead(reader, wanted)) {
          if (object === undefined) throw missingBlob(oid);
          yield object.content;
        }
      } finally {
        await reader.close();
      }
    },
  };
}

function missingBlob(oid: string): RemoteError {
  return new RemoteError(`git does not hold the log ${oid} of its own history.`, {
    remedy: "Run `git fsck`; in a partial clone, check that the remote can be reached.",
  });
}

/** The log's commits, followed to where it was created: where a folder was renamed, on under the old name. */
async function readLogHistory(checkout: Checkout, path: string): Promise<LogHistory> {
  const head = await findCommit(checkout, "HEAD");
  const commits = await listCommits(checkout, { from: head, path });
  const seen = new Set([path]);
  const settled = new Set<string>();
  for (;;) {
    const origin = await findRename(checkout, commits, { seen, settled });
    if (origin === undefined) break;
    seen.add(origin.path);
    const older = await listCommits(checkout, { from: origin.parent, path: origin.path });
    const newest = older.at(-1)?.commit;
    const at = commits.findIndex(({ commit }) => commit === origin.commit);
    const renamed = commits[at] as LogCommit;
    commits[at] = { ...renamed, parents: newest === undefined ? [] : [newest] };
    const known = new Set(commits.map(({ commit }) => commit));
    commits.unshift(...older.filter(({ commit }) => !known.has(commit)));
  }
  const boundary = await readBoundary(checkout);
  const cutOffAt = commits.find(({ commit }) => boundary.has(commit))?.commit;
  return { commits, ...(cutOffAt === undefined ? {} : { cutOffAt }) };
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

/** A commit that created a log where an older name of it was removed, and what the log was called before. */
interface Origin {
  readonly commit: string;
  readonly parent: string;
  readonly path: string;
}

/** Where a log that seems to begin goes on under an older name. */
async function findRename(
  checkout: Checkout,
  commits: readonly LogCommit[],
  known: { readonly seen: ReadonlySet<string>; readonly settled: Set<string> },
): Promise<Origin | undefined> {
  const held = new Set(commits.filter(({ blob }) => blob !== undefined).map((one) => one.commit));
  for (const { commit, path, parents } of commits) {
    const isBegin = held.has(commit) && !parents.some((parent) => held.has(parent));
    if (!isBegin || known.settled.has(commit)) continue;
    known.settled.add(commit);
    const parent = await findParent(checkout, commit);
    if (parent === undefined) continue;
    const old = await findOldName(checkout, { commit, parent, path });
    if (old !== undefined && !known.seen.has(old)) return { commit, parent, path: old };
  }
  return undefined;
}

/** A commit's first parent; a repository's first commit has none, nor has the one behind which a shallow clone ends. */
async function findParent(checkout: Checkout, commit: string): Promise<string | undefined> {
  const listed = await checkout.read({ args: ["rev-list", "--no-walk", "--parents", commit] });
  return listed.split(" ")[1];
}

/** What git takes for a log's name before a commit, by what the two have in common. */
async function findOldName(
  checkout: Checkout,
  { commit, parent, path }: Origin,
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
