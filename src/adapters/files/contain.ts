import { lstat, realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { InputError } from "../../core/errors.ts";

/**
 * Makes sure that a session's folder really lies where its path says: it is no symbolic link, and an
 * experiments directory inside the repository does not lead out of it.
 */
export async function assertInside(paths: {
  readonly root: string;
  readonly experiments: string;
  readonly folder: string;
}): Promise<void> {
  const { root, experiments, folder } = paths;
  const [realRoot, realExperiments] = [await realPathOf(root), await realPathOf(experiments)];
  if (realExperiments === undefined) return;
  if (isWithin(root, experiments) && !isWithin(realRoot ?? root, realExperiments)) {
    throw new InputError(`The experiments directory ${experiments} leads out of ${root}.`, {
      remedy: "Use a real folder of the repository, or name the other folder itself.",
    });
  }
  if (await isSymlink(folder)) {
    throw new InputError(`The session folder ${folder} is a symbolic link.`, {
      remedy: "Use a real folder, so that git holds the log itself.",
    });
  }
}

function isWithin(parent: string, child: string): boolean {
  const path = relative(parent, child);
  return path !== ".." && !path.startsWith(`..${sep}`) && !/^(?:[A-Za-z]:)?[/\\]/.test(path);
}

async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new InputError(`The path ${path} cannot be resolved.`, { cause: error });
  }
}

async function isSymlink(path: string): Promise<boolean> {
  const stat = await lstat(path).catch(() => undefined);
  return stat?.isSymbolicLink() ?? false;
}
