import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { buildGitEnvironment, QUIET_CONFIG } from "./environment.ts";
import { explainLocal, explainOutside, type Purpose } from "./explain-local.ts";
import { type GitResult, runGit } from "./run-git.ts";

/** One git command in a checkout. */
export interface LocalCall {
  readonly args: readonly string[];
  readonly input?: string;
  /** Another index than the checkout's own. */
  readonly indexFile?: string;
}

/** A person's working tree. */
export interface Checkout {
  readonly root: string;
  /** What git is given of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The lock another git holds while it changes the index. */
  readonly indexLock: string;
  run(call: LocalCall): Promise<GitResult>;
  /** The trimmed output of a command that must succeed; its failure is told as a sentence. */
  read(call: LocalCall): Promise<string>;
  /** A file's path inside the working tree, as git writes it. Throws `InputError` for one outside. */
  locate(file: string): Promise<string>;
}

/** What a person's own identity needs beyond what git is given anyway. */
const IDENTITY = ["NAME", "EMAIL", "DATE"].flatMap((what) => [
  `GIT_AUTHOR_${what}`,
  `GIT_COMMITTER_${what}`,
]);

/** Finds the working tree that holds a folder. Throws `InputError` when there is none. */
export async function openCheckout(options: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly purpose: Purpose;
}): Promise<Checkout> {
  const { cwd, purpose } = options;
  const env = buildGitEnvironment(options.env, QUIET_CONFIG, [...IDENTITY, "EMAIL"]);
  const args = [
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
    "--git-path",
    "index.lock",
  ];
  const found = await runGit({ args, cwd, env });
  if (!found.ok) throw explainLocal(found, cwd, purpose);
  const [root = "", indexLock = ""] = found.stdout.toString("utf8").split("\n");
  const run = (call: LocalCall) =>
    runGit({
      args: call.args,
      cwd: root,
      env: call.indexFile === undefined ? env : { ...env, GIT_INDEX_FILE: call.indexFile },
      ...(call.input === undefined ? {} : { input: call.input }),
    });
  return {
    root,
    env,
    indexLock,
    run,
    async read(call) {
      const result = await run(call);
      if (!result.ok) throw explainLocal(result, root, purpose);
      return result.stdout.toString("utf8").trim();
    },
    async locate(file) {
      const path = await findPath(root, file);
      if (path === undefined) throw explainOutside(file, root, purpose);
      return path;
    },
  };
}

async function findPath(root: string, file: string): Promise<string | undefined> {
  // The folder is resolved, not the file: a file that is gone is committed as removed.
  const folder = await realpath(dirname(file)).catch(() => dirname(file));
  const path = relative(await realpath(root), join(folder, basename(file)));
  if (path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return path.split(sep).join("/");
}
