import { LogError } from "../errors.ts";

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding: "hex"): string;
}

/**
 * The name git gives these bytes as a file: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 *
 * @param likeOid an object id of the repository, which tells the hash that it names objects by
 * @param createHash that of `node:crypto`
 */
export function hashBlob(
  bytes: Uint8Array,
  likeOid: string,
  createHash: (algorithm: "sha1" | "sha256") => Hash,
): string {
  const hash = createHash(likeOid.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

const REGULAR = new Set(["100644", "100755"]);

/** Throws `LogError` when a path of a commit is not a regular file: a symlink could point anywhere. */
export function assertRegularFile(path: string, mode: string): void {
  if (REGULAR.has(mode)) return;
  const kind = mode === "120000" ? "is a symlink" : `is not a regular file (mode ${mode})`;
  throw new LogError(`${kind} in git, and only regular files are read.`, {
    path,
    remedy: "Replace it by the file itself and commit that.",
  });
}

/** git's mode of a folder. */
export const FOLDER_MODE = "040000";

/** Throws `LogError` when what stands where the sessions should is no folder. */
export function assertFolder(path: string, mode: string): void {
  if (mode === FOLDER_MODE) return;
  throw new LogError("is a file or a symlink in git, and a folder was expected.", {
    path,
    remedy: "Give the folder that holds the sessions by the input `experiments-dir`.",
  });
}

/** Those of the paths that a commit has, with their object ids. Throws `LogError` for one that is not a regular file. */
export function selectFiles(
  entries: ReadonlyMap<string, { readonly oid: string; readonly mode: string }>,
  paths: readonly string[],
): readonly { readonly path: string; readonly oid: string }[] {
  return paths.flatMap((path) => {
    const entry = entries.get(path);
    if (entry === undefined) return [];
    assertRegularFile(path, entry.mode);
    return [{ path, oid: entry.oid }];
  });
}
