import type { BranchHead, BranchRemote } from "../../ports/branch-remote.ts";
import type { SessionFiles } from "../../ports/log-store.ts";
import { READ_FILES, sessionFolder, sessionPath } from "./session-paths.ts";

/** Reads sessions' files at commits; a file that did not change between two commits is downloaded once. */
export type SessionReader = (head: BranchHead, session: string) => Promise<SessionFiles>;

/** Creates a reader that remembers the last content of each path. */
export function createSessionReader(remote: BranchRemote, experimentsDir: string): SessionReader {
  const remembered = new Map<string, { readonly oid: string; readonly bytes: Uint8Array }>();
  return async (head, session) => {
    const folder = sessionFolder(experimentsDir, session);
    const paths = new Map(READ_FILES.map((name) => [sessionPath(folder, name), name]));
    const isRemembered = (path: string) =>
      remembered.get(path)?.oid === head.entries.get(path)?.oid;
    const absent = [...paths.keys()].filter(
      (path) => head.entries.has(path) && !isRemembered(path),
    );
    const read = absent.length === 0 ? new Map() : await remote.readFiles(head, absent);
    for (const [path, bytes] of read) {
      const oid = head.entries.get(path)?.oid;
      if (oid !== undefined) remembered.set(path, { oid, bytes });
    }
    const files = [...paths].flatMap(([path, name]): [string, Uint8Array][] => {
      const found = remembered.get(path);
      return found !== undefined && head.entries.has(path) ? [[name, found.bytes]] : [];
    });
    return { folder, files: new Map(files) };
  };
}
