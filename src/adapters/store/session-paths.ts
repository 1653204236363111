import { isSession } from "../../core/log/columns.ts";
import { isSessionName, parseSessionName } from "../../core/session/name.ts";
import type { BranchHead } from "../../ports/branch-remote.ts";

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The folder of a session in the repository. Throws `InputError` for a name that is no session's. */
export function sessionFolder(experimentsDir: string, session: string): string {
  const name = parseSessionName(session);
  return experimentsDir === "." ? name : `${experimentsDir}/${name}`;
}

/** The path of a session's file; a name with a folder in it would leave the session's folder. */
export function sessionPath(folder: string, fileName: string): string {
  if (FILE_NAME.test(fileName)) return `${folder}/${fileName}`;
  throw new Error(`An edit named a file that is no plain file name: ${JSON.stringify(fileName)}.`);
}

/** Names of the folders that hold a log or a session.yml, sorted. */
export function listSessions(head: BranchHead, experimentsDir: string): readonly string[] {
  const names = new Set<string>();
  for (const path of head.entries.keys()) {
    const [file = "", session = ""] = path.split("/").reverse();
    if (!isSession([file]) || !isSessionName(session)) continue;
    if (path === `${sessionFolder(experimentsDir, session)}/${file}`) names.add(session);
  }
  return [...names].sort();
}
