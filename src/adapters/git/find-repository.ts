import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The root of the repository a path lies in; `undefined` outside of one. Looks for `.git`, which is a file in a linked worktree. */
export function findRepository(path: string): string | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
