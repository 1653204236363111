import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** A file's bytes, or why it is not read. */
export type FileReading =
  | { readonly kind: "read"; readonly bytes: Uint8Array; readonly modifiedMs: number }
  | { readonly kind: "absent" }
  | { readonly kind: "refused"; readonly reason: string };

export interface ReadLimits {
  readonly maxBytes: number;
  /** Read through a symbolic link; otherwise it is refused. */
  readonly followSymlink: boolean;
}

// Without O_NONBLOCK the opening of a named pipe would wait for a writer. Windows knows neither flag.
const NO_WAIT = constants.O_NONBLOCK ?? 0;
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Reads a regular file of bounded size. Refusals are ends of sentences that begin with the path. */
export async function readRegularFile(path: string, limits: ReadLimits): Promise<FileReading> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(
      path,
      constants.O_RDONLY | NO_WAIT | (limits.followSymlink ? 0 : NO_FOLLOW),
    );
    return await readHandle(handle, limits.maxBytes);
  } catch (error) {
    return explain(error);
  } finally {
    await handle?.close();
  }
}

async function readHandle(handle: FileHandle, maxBytes: number): Promise<FileReading> {
  const stat = await handle.stat();
  if (!stat.isFile()) return { kind: "refused", reason: "is not a regular file" };
  if (stat.size > maxBytes) return tooLarge(maxBytes);
  const bytes = await handle.readFile();
  // A file that grows while it is read, or one of /proc that has no size.
  if (bytes.length > maxBytes) return tooLarge(maxBytes);
  return { kind: "read", bytes, modifiedMs: stat.mtimeMs };
}

function tooLarge(maxBytes: number): FileReading {
  return { kind: "refused", reason: `is larger than ${Math.round(maxBytes / 1_048_576)} MB` };
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ELOOP", "is a symbolic link"],
  ["EMLINK", "is a symbolic link"],
  ["EISDIR", "is a folder"],
  ["EACCES", "may not be read by this user"],
  ["EPERM", "may not be read by this user"],
  ["ENXIO", "is not a regular file"],
]);

function explain(error: unknown): FileReading {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent" };
  return { kind: "refused", reason: REASONS.get(code) ?? `cannot be read (${code || "unknown"})` };
}
