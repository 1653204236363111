import { LogError } from "../../core/errors.ts";
import { RECORD_FILES } from "../../core/log/columns.ts";
import type { BranchHead, BranchRemote, RemoteEntry } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import { sessionFolder, sessionPath } from "./session-paths.ts";

/**
 * Reads sessions' files at commits; a file that did not change between two commits is downloaded once. Names that are asked
 * for are read from then on, besides those that every edit reads.
 */
export type SessionReader = (
  head: BranchHead,
  session: string,
  names?: readonly string[],
) => Promise<SessionFiles>;

/** Creates a reader that remembers the last content of each path. */
export function createSessionReader(
  remote: Pick<BranchRemote, "readFiles">,
  experimentsDir: string,
): SessionReader {
  const remembered = new Map<string, RemoteEntry & { readonly bytes: Uint8Array }>();
  // Every edit reads these; others are only written and compared by object id.
  const wanted = new Set(RECORD_FILES);
  return async (head, session, names = []) => {
    for (const name of names) wanted.add(name);
    const folder = sessionFolder(experimentsDir, session);
    assertFolder(head, folder);
    const paths = new Map([...wanted].map((name) => [sessionPath(folder, name), name]));
    // The mode counts: a file that became a symlink keeps its object.
    const isRemembered = (path: string) => {
      const [known, entry] = [remembered.get(path), head.entries.get(path)];
      return known?.oid === entry?.oid && known?.mode === entry?.mode;
    };
    const absent = [...paths.keys()].filter(
      (path) => head.entries.has(path) && !isRemembered(path),
    );
    const read = absent.length === 0 ? new Map() : await remote.readFiles(head, absent);
    for (const [path, bytes] of read) {
      const entry = head.entries.get(path);
      if (entry !== undefined) remembered.set(path, { ...entry, bytes });
    }
    const files = [...paths].flatMap(([path, name]): [string, Uint8Array][] => {
      const found = remembered.get(path);
      return found !== undefined && head.entries.has(path) ? [[name, found.bytes]] : [];
    });
    return { folder, files: new Map(files) };
  };
}

/** A commit of files below a path that is no folder would put a folder in its place. */
function assertFolder(head: BranchHead, path: string): void {
  if (!head.entries.has(path)) return;
  throw new LogError("is a file, a symlink or a submodule in git, and a folder was expected.", {
    path,
    remedy: "Give the session another name, or move away what stands there.",
  });
}
