import { buildGitEnvironment, QUIET_CONFIG } from "./environment.ts";
import { runGit } from "./run-git.ts";

/** By a variable of this name `git merge` tells the programs it runs what it merges: https://github.com/git/git/blob/v2.39.0/builtin/merge.c#L1379 */
const MERGED = /^GITHEAD_([0-9a-f]{40,64})$/;

/**
 * Whether `git merge`, which runs this program as a driver, merges a commit of a remote's default branch into a branch
 * that goes on from there. Clones know a remote's default branch; where none is known, the answer is no.
 *
 * @param options a folder of the repository, and the environment that git gave this program
 */
export async function isDefaultBranchMerged(options: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<boolean> {
  const { cwd, env } = options;
  const commits = Object.keys(env).flatMap((name) => MERGED.exec(name)?.[1] ?? []);
  if (commits.length !== 1) return false;
  const found = await runGit({
    args: ["for-each-ref", "--format=x", `--contains=${commits[0]}`, "refs/remotes/*/HEAD"],
    cwd,
    env: buildGitEnvironment(env, QUIET_CONFIG, ["GIT_DIR", "GIT_WORK_TREE"]),
  });
  return found.ok && found.stdout.length > 0;
}
