import { LogError } from "../errors.ts";

/**
 * Reads the common version of a merge. Where branches were merged crosswise, git merges their common versions first, and
 * hands on what was in conflict there with its markers: such records count as unknown, so that a cell in which the sides
 * differ is a conflict again. A version that cannot be read otherwise either counts as empty, for both sides can be read
 * and lose nothing by it.
 *
 * @param decode reads the file; throws `LogError` when it cannot be read
 */
export function readAncestor<T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T {
  return (
    attempt(decode, bytes) ?? attempt(decode, dropConflicts(bytes)) ?? decode(new Uint8Array())
  );
}

function attempt<T>(decode: (bytes: Uint8Array) => T, bytes: Uint8Array): T | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof LogError) return undefined;
    throw error;
  }
}

const [BEGIN, END] = ["<<<<<<< ours", ">>>>>>> theirs"];

/** The file without what stands between the markers that our own merge writes. */
function dropConflicts(bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes)
    .toString("latin1")
    .split(/(?<=\n)/);
  let isInConflict = false;
  const kept = lines.filter((line) => {
    const text = line.trimEnd();
    if (text === BEGIN) isInConflict = true;
    const isKept = !isInConflict;
    if (text === END) isInConflict = false;
    return isKept;
  });
  return Buffer.from(kept.join(""), "latin1");
}
