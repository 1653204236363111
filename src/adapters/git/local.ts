import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RefusedError } from "../../core/errors.ts";
import { type CommitMessage, renderMessage } from "../../core/sync/message.ts";
import { planPause } from "../../core/sync/retry.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Checkout, openCheckout } from "./checkout.ts";
import { explainLocal, explainLock } from "./explain-local.ts";

export interface LocalGitOptions {
  /** A folder inside the repository. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** Files to commit. */
export interface LocalCommitRequest {
  /** Absolute paths; a file that is gone is committed as removed. */
  readonly files: readonly string[];
  readonly message: CommitMessage;
}

/** What became of a local commit; `branch` is absent on a detached head. */
export type LocalCommit =
  | { readonly kind: "committed"; readonly commit: string; readonly branch?: string }
  | { readonly kind: "nothing" };

/** git in a person's own repository. */
export interface LocalGit {
  /**
   * Commits the present content of exactly these files on top of `HEAD`, without hooks, and leaves everything else staged or
   * dirty as it was. Throws `InputError` outside a repository or without an identity, `RefusedError` while another git works.
   */
  commitFiles(request: LocalCommitRequest): Promise<LocalCommit>;
}

const ATTEMPTS = 30;
const NO_COMMIT = "0".repeat(40);

/** Works in the repository that holds `cwd`. */
export function createLocalGit(options: LocalGitOptions): LocalGit {
  return {
    async commitFiles(request) {
      const { clock } = options;
      const checkout = await openCheckout({ ...options, purpose: "commit" });
      const paths = await Promise.all(request.files.map((file) => checkout.locate(file)));
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await commitOnHead({ checkout, clock }, paths, request.message);
        if (outcome.kind !== "busy") return outcome;
        if (attempt >= ATTEMPTS) throw outcome.error;
        await clock.sleep(planPause(attempt, clock.random()));
      }
    },
  };
}

/** Another git process was quicker, or is at work. */
interface Busy {
  readonly kind: "busy";
  readonly error: RefusedError;
}

interface Repository {
  readonly checkout: Checkout;
  readonly clock: Clock;
}

async function commitOnHead(
  repository: Repository,
  paths: readonly string[],
  message: CommitMessage,
): Promise<LocalCommit | Busy> {
  const { checkout } = repository;
  if (existsSync(checkout.indexLock)) {
    return { kind: "busy", error: explainLock(quoteUntrusted(checkout.root)) };
  }
  const head = await readHead(checkout);
  const built = await buildTree(checkout, head.commit, paths);
  if (built.tree === head.tree) return { kind: "nothing" };
  const commit = await writeCommit(checkout, { ...head, tree: built.tree, message });
  const moved = await moveHead(checkout, { from: head.commit, to: commit, message });
  if (moved !== undefined) return moved;
  await updateIndex(repository, built.entries, commit);
  return {
    kind: "committed",
    commit,
    ...(head.branch === undefined ? {} : { branch: head.branch }),
  };
}

interface Head {
  /** Absent on a branch without a commit. */
  readonly commit: string | undefined;
  readonly tree: string | undefined;
  readonly branch: string | undefined;
}

async function readHead(checkout: Checkout): Promise<Head> {
  const parsed = await checkout.run({
    args: ["rev-parse", "--quiet", "--verify", "HEAD^{commit}"],
  });
  const named = await checkout.run({ args: ["symbolic-ref", "--quiet", "--short", "HEAD"] });
  const branch = named.ok ? named.stdout.toString("utf8").trim() : undefined;
  if (!parsed.ok) return { commit: undefined, tree: undefined, branch };
  const commit = parsed.stdout.toString("utf8").trim();
  const tree = await checkout.read({ args: ["rev-parse", "--verify", `${commit}^{tree}`] });
  return { commit, tree, branch };
}

/** `HEAD`'s tree with the files as they are now, made in an index of its own, and those files' index lines. */
async function buildTree(
  checkout: Checkout,
  head: string | undefined,
  paths: readonly string[],
): Promise<{ readonly tree: string; readonly entries: string }> {
  const folder = await mkdtemp(join(tmpdir(), "experiment-monitor-index-"));
  const indexFile = join(folder, "index");
  const input = paths.map((path) => `${path}\0`).join("");
  try {
    await checkout.read({ args: ["read-tree", head ?? "--empty"], indexFile });
    const update = ["update-index", "--add", "--remove", "-z", "--stdin"];
    await checkout.read({ args: update, indexFile, input });
    const tree = await checkout.read({ args: ["write-tree"], indexFile });
    const listed = await checkout.read({
      args: ["--literal-pathspecs", "ls-files", "--stage", "-z", "--", ...paths],
      indexFile,
    });
    return { tree, entries: listEntries(listed, paths) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lines for `update-index --index-info`; a path without a line is removed, which mode 0 says. */
function listEntries(listed: string, paths: readonly string[]): string {
  const lines = listed.split("\0").filter((line) => line !== "");
  const present = new Set(lines.map((line) => line.slice(line.indexOf("\t") + 1)));
  const removed = paths
    .filter((path) => !present.has(path))
    .map((path) => `0 ${NO_COMMIT}\t${path}`);
  return [...lines, ...removed].map((line) => `${line}\0`).join("");
}

function writeCommit(
  checkout: Checkout,
  facts: { commit: string | undefined; tree: string; message: CommitMessage },
): Promise<string> {
  const parent = facts.commit === undefined ? [] : ["-p", facts.commit];
  const input = `${renderMessage(facts.message)}\n`;
  return checkout.read({ args: ["commit-tree", facts.tree, ...parent, "-F", "-"], input });
}

/** Moves `HEAD`, and the branch it names, only if it still stands where the commit was made from. */
async function moveHead(
  checkout: Checkout,
  move: { from: string | undefined; to: string; message: CommitMessage },
): Promise<Busy | undefined> {
  const result = await checkout.run({
    args: [
      "update-ref",
      "-m",
      `commit: ${move.message.headline}`,
      "HEAD",
      move.to,
      move.from ?? NO_COMMIT,
    ],
  });
  if (result.ok) return undefined;
  if (!/cannot lock ref|File exists|but expected|already exists/i.test(result.stderr)) {
    throw explainLocal(result, checkout.root, "commit");
  }
  const error = new RefusedError("Other commits kept arriving while the files were committed.", {
    remedy: "Run again; the files themselves are saved.",
    cause: new Error(result.stderr),
  });
  return { kind: "busy", error };
}

/** Puts the committed content of these files into the index, so that they are neither staged nor dirty. */
async function updateIndex(
  { checkout, clock }: Repository,
  input: string,
  commit: string,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await checkout.run({ args: ["update-index", "-z", "--index-info"], input });
    if (result.ok) return;
    if (attempt < ATTEMPTS && /index\.lock/.test(result.stderr)) {
      await clock.sleep(planPause(attempt, clock.random()));
      continue;
    }
    throw new RefusedError(`The commit ${commit} was made, but git's index could not be updated.`, {
      remedy: "Run `git reset` on the session's folder when no other git runs.",
      cause: new Error(result.stderr),
    });
  }
}
