import { LogError } from "../../core/errors.ts";
import { MAX_LOG_BYTES } from "../../core/log/columns.ts";
import { readRegularFile } from "./read-file.ts";

/** A session's file as it stands, `undefined` when there is none. Throws `LogError` when it may not be read. */
export async function readSessionFile(
  path: string,
  label: string,
): Promise<Uint8Array | undefined> {
  const reading = await readRegularFile(path, { maxBytes: MAX_LOG_BYTES, followSymlink: false });
  if (reading.kind === "absent") return undefined;
  if (reading.kind === "read") return reading.bytes;
  throw new LogError(`${reading.reason}, expected a regular file of at most 100 MB.`, {
    path: label,
    remedy: "Put the file itself there; nothing was written.",
  });
}
