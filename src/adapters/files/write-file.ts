import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../../core/errors.ts";

/**
 * Replaces a file as a whole: a temporary file in the same folder, fsync, rename. A reader, and a
 * process that is killed, sees the old content or the new one. Mode and owner of the old file stay.
 */
export async function writeFileDurably(path: string, bytes: Uint8Array): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new InputError(`${path} cannot be written (${code}); it stands as it was.`, {
      remedy: "Check the disk's space and the folder's permissions.",
      cause,
    });
  }
}
