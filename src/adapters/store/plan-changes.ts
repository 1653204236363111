import { createHash } from "node:crypto";
import { assertRegularFile, hashBlob } from "../../core/sync/git-object.ts";
import type { BranchHead } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import { sessionPath } from "./session-paths.ts";

/** The files that differ from a commit's, by path. Bytes that are still the ones read there are not hashed. */
export function planChanges(
  head: BranchHead,
  base: SessionFiles,
  next: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const changed = new Map<string, Uint8Array>();
  for (const [name, bytes] of next) {
    const path = sessionPath(base.folder, name);
    if (bytes === base.files.get(name)) continue;
    const entry = head.entries.get(path);
    if (entry?.oid === hashBlob(bytes, head.commit, createHash)) continue;
    // A folder would be replaced with everything in it.
    if (entry !== undefined) assertRegularFile(path, entry.mode);
    changed.set(path, bytes);
  }
  return changed;
}
