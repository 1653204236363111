import { MonitorError } from "../core/errors.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { DecodedLog } from "../core/log/decode.ts";
import type { LogStore, SessionFiles } from "../ports/log-store.ts";
import { decodeSessionLedger } from "./command-facts.ts";
import { refuseMissingLog } from "./report.ts";
import { readSettings } from "./session-settings.ts";
import { decodeSessionLog } from "./sync-session.ts";

/** What is wrong with a session's files; nothing when all of it can be read exactly. */
export interface CheckedSession {
  readonly session: string;
  /** Experiments in the log; absent when it cannot be read. */
  readonly rows: number | undefined;
  readonly problems: readonly MonitorError[];
}

/** Validates a session's log, its ledger and its session.yml. */
export async function checkSession(store: LogStore, session: string): Promise<CheckedSession> {
  const problems: MonitorError[] = [];
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MonitorError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const files = await attempt(() =>
    store.read(session, [SESSION_FILES.log, SESSION_FILES.ledger, SESSION_FILES.settings]),
  );
  const log = files && (await attempt(() => decodeExisting(files)));
  if (files !== undefined) {
    await attempt(() => decodeSessionLedger(files));
    await attempt(() => readSettings(files));
  }
  return { session, rows: log?.rowCount, problems };
}

/** A session may have no log yet, but then it has settings; with neither, its name is a mistake. */
function decodeExisting(session: SessionFiles): DecodedLog {
  const { files } = session;
  if (!files.has(SESSION_FILES.log) && !files.has(SESSION_FILES.settings))
    refuseMissingLog(session);
  return decodeSessionLog(session);
}
