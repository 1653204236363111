import { isSessionFile } from "../../core/log/columns.ts";
import { assertFolder, FOLDER_MODE } from "../../core/sync/git-object.ts";
import type { RemoteEntry } from "../../ports/branch-remote.ts";
import type { GitObject } from "./object-reader.ts";
import { parseTree, type TreeEntry } from "./parse-object.ts";

type Read = (name: string) => Promise<GitObject | undefined>;

/** What stands directly in a folder of the experiments directory, at a commit, and what stands there instead of a folder. */
export async function readSessionEntries(
  read: Read,
  commit: string,
  experimentsDir: string,
): Promise<ReadonlyMap<string, RemoteEntry>> {
  const top = await readFolder(read, commit, experimentsDir);
  const prefix = experimentsDir === "." ? "" : `${experimentsDir}/`;
  const listings = await Promise.all(
    listTree(top).map(async (folder) => {
      const { oid, mode } = folder;
      if (mode !== FOLDER_MODE) return [[`${prefix}${folder.name}`, { oid, mode }] as const];
      const files = listTree(await read(folder.oid));
      return files
        .filter(({ name, mode }) => mode !== FOLDER_MODE || isSessionFile(name))
        .map(({ name, oid, mode }) => [`${prefix}${folder.name}/${name}`, { oid, mode }] as const);
    }),
  );
  return new Map(listings.flat());
}

/** Walks down folder by folder: a symlink's own content is not here, and git would call it missing like an absent folder. */
async function readFolder(
  read: Read,
  commit: string,
  path: string,
): Promise<GitObject | undefined> {
  let tree = await read(`${commit}^{tree}`);
  for (const name of path === "." ? [] : path.split("/")) {
    const entry = listTree(tree).find((one) => one.name === name);
    if (entry === undefined) return undefined;
    assertFolder(path, entry.mode);
    tree = await read(entry.oid);
  }
  return tree;
}

function listTree(tree: GitObject | undefined): TreeEntry[] {
  return tree === undefined ? [] : parseTree(tree.content, tree.oid.length / 2);
}
