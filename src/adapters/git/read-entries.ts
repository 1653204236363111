import { LogError } from "../../core/errors.ts";
import type { RemoteEntry } from "../../ports/branch-remote.ts";
import type { GitObject } from "./object-reader.ts";
import { parseTree, type TreeEntry } from "./parse-object.ts";

const FOLDER = "040000";

/** The files directly in a folder of the experiments directory, at a commit. */
export async function readSessionEntries(
  read: (name: string) => Promise<GitObject | undefined>,
  commit: string,
  experimentsDir: string,
): Promise<ReadonlyMap<string, RemoteEntry>> {
  const directory = experimentsDir === "." ? "" : experimentsDir;
  const top = await read(`${commit}:${directory}`);
  if (top === undefined) return new Map();
  if (top.type !== "tree") {
    throw new LogError("is a file or a symlink in git, and a folder was expected.", {
      path: directory,
      remedy: "Give the folder that holds the sessions by the input `experiments-dir`.",
    });
  }
  const prefix = directory === "" ? "" : `${directory}/`;
  const folders = listTree(top).filter((entry) => entry.mode === FOLDER);
  const listings = await Promise.all(
    folders.map(async (folder) => {
      const tree = await read(folder.oid);
      const files = tree === undefined ? [] : listTree(tree);
      return files
        .filter((file) => file.mode !== FOLDER)
        .map(({ name, oid, mode }) => [`${prefix}${folder.name}/${name}`, { oid, mode }] as const);
    }),
  );
  return new Map(listings.flat());
}

function listTree(tree: GitObject): TreeEntry[] {
  return parseTree(tree.content, tree.oid.length / 2);
}
