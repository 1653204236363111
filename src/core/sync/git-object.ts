import { LogError } from "../errors.ts";

/** What git hashes before a blob's bytes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function blobHeader(byteLength: number): string {
  return `blob ${byteLength}\0`;
}

/** The hash a repository names its objects by, told from one of its object ids. */
export function hashAlgorithmOf(oid: string): "sha1" | "sha256" {
  return oid.length === 64 ? "sha256" : "sha1";
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
