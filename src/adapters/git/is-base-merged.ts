import { buildGitEnvironment, QUIET_CONFIG } from "./environment.ts";
import { runGit } from "./run-git.ts";

/** By a variable of this name `git merge` tells the programs it runs what it merges: https://github.com/git/git/blob/v2.39.0/builtin/merge.c#L1379 */
const MERGED = /^GITHEAD_([0-9a-f]{40,64})$/;

/** Where a merge happens, by full names of refs. */
interface Merge {
  /** Remote branches that hold what is merged. */
  readonly withTheirs: readonly Ref[];
  /** Remote branches that hold the commit it is merged into. */
  readonly withOurs: readonly Ref[];
  /** The branch that is checked out; a detached HEAD is none. */
  readonly current: Ref | undefined;
}

interface Ref {
  readonly name: string;
  /** Of `refs/remotes/<remote>/HEAD`: the remote's default branch. */
  readonly target: string;
  readonly upstream: string;
}

/**
 * Whether `git merge`, which runs this program as a driver, brings into a branch what that branch goes on from for everybody
 * else: its own upstream, or a remote's default branch where the branch itself is nobody's base. Clones know a remote's
 * default branch; where none is known, the answer is no.
 *
 * @param options a folder of the repository, and the environment that git gave this program
 */
export async function isBaseMerged(options: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<boolean> {
  const commits = Object.keys(options.env).flatMap((name) => MERGED.exec(name)?.[1] ?? []);
  if (commits.length !== 1) return false;
  const withTheirs = await listRefs(options, `--contains=${commits[0]}`, "refs/remotes");
  if (withTheirs.length === 0) return false;
  const withOurs = await listRefs(options, "--contains=HEAD", "refs/remotes");
  const [current] = await listRefs(options, "--points-at=HEAD", "refs/heads");
  return isBase({ withTheirs, withOurs, current });
}

function isBase({ withTheirs, withOurs, current }: Merge): boolean {
  if (current === undefined) return false;
  if (withTheirs.some(({ name }) => name === current.upstream)) return true;
  const branch = current.name.slice("refs/heads".length);
  const defaults = withTheirs.filter(({ target }) => target !== "");
  const isNobodysBase = withOurs.every(({ name }) => name.endsWith(branch));
  return (
    defaults.length > 0 && isNobodysBase && !defaults.some(({ target }) => target.endsWith(branch))
  );
}

/** Of local branches the one that is checked out, of others all that fit. */
async function listRefs(
  { cwd, env }: Parameters<typeof isBaseMerged>[0],
  filter: string,
  folder: string,
): Promise<readonly Ref[]> {
  const format = "--format=%(HEAD)%(refname)%00%(symref)%00%(upstream)";
  const listed = await runGit({
    args: ["for-each-ref", format, filter, folder],
    cwd,
    env: buildGitEnvironment(env, QUIET_CONFIG, ["GIT_DIR", "GIT_WORK_TREE"]),
  });
  const lines = listed.stdout.toString("utf8").split("\n").filter(Boolean);
  return lines
    .filter((line) => folder !== "refs/heads" || line.startsWith("*"))
    .map((line) => {
      const [name = "", target = "", upstream = ""] = line.slice(1).split("\0");
      return { name, target, upstream };
    });
}
