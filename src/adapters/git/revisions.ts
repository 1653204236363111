import { InputError, LogError, RemoteError } from "../../core/errors.ts";
import { isSession, RECORD_FILES } from "../../core/log/columns.ts";
import { isSessionName } from "../../core/session/name.ts";
import { assertRegularFile } from "../../core/sync/git-object.ts";
import { present } from "../../core/text/present.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { RevisionFiles, Revisions } from "../../ports/revisions.ts";
import { type Checkout, openCheckout } from "./checkout.ts";
import { explainLocal } from "./explain-local.ts";
import { createObjectReader, type ObjectReader } from "./object-reader.ts";
import { readAhead } from "./read-ahead.ts";
import { readSessionEntries } from "./read-entries.ts";

export interface RevisionsOptions {
  /** A folder inside the repository. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of session folders, absolute; it need not exist now. */
  readonly experimentsDir: string;
}

/** Reads revisions of the repository that holds `cwd` through git's plumbing. */
export function createRevisions(options: RevisionsOptions): Revisions {
  let opened: Promise<Checkout> | undefined;
  const open = () => {
    opened ??= openCheckout({ ...options, purpose: "read" });
    return opened;
  };
  return {
    findCommit: async (name) => findCommit(await open(), name),
    findMergeBase: async (one, other) => findMergeBase(await open(), one, other),
    async readSessions(revision, sessions) {
      const checkout = await open();
      const commit = await findCommit(checkout, revision);
      const folder = (await checkout.locate(options.experimentsDir)) || ".";
      const reader = await createObjectReader(checkout.root, checkout.env);
      try {
        return await readSessions(reader, { revision, commit, folder, sessions });
      } finally {
        await reader.close();
      }
    },
  };
}

/**
 * The commit a name stands for.
 *
 * @throws {InputError} when there is none, or the name could be an option
 */
export async function findCommit(checkout: Checkout, name: string): Promise<string> {
  if (name === "" || name.startsWith("-") || /\p{Cc}/u.test(name)) {
    throw new InputError(`${quoteUntrusted(name)} is not the name of a revision.`, {
      remedy: "Give a branch, a tag or a commit, such as main, v1.0 or HEAD~1.",
    });
  }
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const parsed = await checkout.run({ args });
  const commit = parsed.stdout.toString("utf8").trim();
  if (parsed.ok && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new InputError(`There is no commit ${quoteUntrusted(name)} in this repository.`, {
    remedy: (await isShallow(checkout))
      ? "The clone is shallow: run `git fetch --unshallow`, or check out with `fetch-depth: 0`."
      : "Check the name (`git branch --all` lists branches), or run `git fetch` first.",
  });
}

/** Whether the clone lacks older commits. */
export async function isShallow(checkout: Checkout): Promise<boolean> {
  return (await checkout.read({ args: ["rev-parse", "--is-shallow-repository"] })) === "true";
}

async function findMergeBase(
  checkout: Checkout,
  one: string,
  other: string,
): Promise<string | undefined> {
  const sides = [await findCommit(checkout, one), await findCommit(checkout, other)];
  const found = await checkout.run({ args: ["merge-base", ...sides] });
  if (found.ok) return found.stdout.toString("utf8").trim();
  // Exit code 1 says that they never met, but also, after a line on stderr, that a commit could not be read.
  if (found.exitCode === 1 && !/^(?:error|fatal):/m.test(found.stderr)) return undefined;
  throw explainLocal(found, checkout.root, "read");
}

async function readSessions(
  reader: ObjectReader,
  wanted: {
    readonly revision: string;
    readonly commit: string;
    readonly folder: string;
    readonly sessions: readonly string[] | undefined;
  },
): Promise<ReadonlyMap<string, RevisionFiles>> {
  const { revision, commit, folder, sessions } = wanted;
  const entries = await readSessionEntries(reader.read, commit, folder);
  const prefix = folder === "." ? "" : `${folder}/`;
  const partsOf = (path: string) => path.slice(prefix.length).split("/");
  const there = groupEntries(
    [...entries].map(([path, entry]) => {
      const [session = "", name = ""] = partsOf(path);
      return { ...entry, path, session, name };
    }),
  ).filter(([session]) => sessions?.includes(session) ?? isSessionName(session));
  const found = new Map<string, RevisionFiles & { readonly files: Map<string, Uint8Array> }>();
  for (const [session, group] of there) {
    const unreadable = findIrregular(group, revision);
    const files = new Map<string, Uint8Array>();
    found.set(session, { folder: `${prefix}${session}`, files, ...present({ unreadable }) });
  }
  const readable = there.filter(([session]) => found.get(session)?.unreadable === undefined);
  const wantedFiles = readable.flatMap(([, group]) => group);
  for await (const [{ session, name, path }, object] of readAhead(reader, wantedFiles)) {
    if (object === undefined) throw missingContent(path);
    found.get(session)?.files.set(name, object.content);
  }
  return found;
}

/** The files that are read of each session, sorted by its name. */
function groupEntries(entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries.filter(({ name }) => RECORD_FILES.includes(name))) {
    const group = groups.get(entry.session);
    if (group === undefined) groups.set(entry.session, [entry]);
    else group.push(entry);
  }
  return [...groups]
    .filter(([, group]) => isSession(group.map(({ name }) => name)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A file of a session in a commit. */
interface Entry {
  readonly session: string;
  readonly name: string;
  readonly path: string;
  readonly oid: string;
  readonly mode: string;
}

/** What is wrong with the first that is no regular file; the sentence names the revision, for the working tree may be right. */
function findIrregular(entries: readonly Entry[], revision: string): LogError | undefined {
  try {
    for (const { path, mode } of entries) assertRegularFile(`${revision}:${path}`, mode);
    return undefined;
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
}

/** The clone lacks it, and git could not fetch it. */
function missingContent(path: string): RemoteError {
  return new RemoteError(`git does not hold the content of ${quoteUntrusted(path)}.`, {
    remedy: "Run `git fsck`; in a partial clone, check that the remote can be reached.",
  });
}
