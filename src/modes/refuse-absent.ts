import { InputError } from "../core/errors.ts";
import { isSession, SESSION_FILES } from "../core/log/columns.ts";
import { pathInSession } from "../core/session/path-in-session.ts";
import type { SessionFiles } from "../ports/log-store.ts";

const REMEDY =
  "Check the session's name and the experiments directory, or run `experiment-monitor start`.";

/**
 * A mistyped name makes no new session.
 *
 * @param session with its log and its session.yml, where they are
 * @throws {InputError} when there is neither
 */
export function refuseAbsent(name: string, { files, folder }: SessionFiles): void {
  if (isSession(files.keys())) return;
  throw new InputError(`there is no session ${name}: ${folder}`, { remedy: REMEDY });
}

/** @throws {InputError} when the session has no log */
export function refuseMissingLog(session: SessionFiles): void {
  if (session.files.has(SESSION_FILES.log)) return;
  throw new InputError(`there is no log ${pathInSession(session, SESSION_FILES.log)}`, {
    remedy: REMEDY,
  });
}
