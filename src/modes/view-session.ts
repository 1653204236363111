import type { CommandFacts } from "../core/command/facts.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { DecodedLog } from "../core/log/decode.ts";
import { parseStaleRuns } from "../core/report/stale-runs.ts";
import { decodeSessionLog } from "../core/session/decode-session.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { SessionFiles } from "../ports/log-store.ts";
import { readFacts } from "./command-facts.ts";
import type { RenderedSession, RenderInput } from "./render-files.ts";
import type { SettingsReader } from "./session-settings.ts";

/** A session as its files say. */
export interface SessionView {
  readonly settings: SessionSettings;
  readonly table: DecodedLog;
  readonly facts: CommandFacts;
  readonly rendered: RenderedSession;
}

/** How a session's files are read and shown. */
export interface ViewWork {
  readonly session: string;
  readonly overrideSettings: SettingsOverride;
  readonly readNow: SettingsReader;
  readonly sha256: Sha256;
  readonly render: (input: RenderInput) => RenderedSession;
}

/** Everything that a session's files say, rendered; runs stay stale as the last sync left them. */
export function viewSession(work: ViewWork, session: SessionFiles): SessionView {
  const settings = work.overrideSettings(work.readNow(session));
  const table = decodeSessionLog(session);
  const facts = readFacts(session, table, work.sha256);
  const summary = session.files.get(SESSION_FILES.summary);
  const stale = summary === undefined ? [] : parseStaleRuns(summary, table);
  const rendered = work.render({ table, settings, session: work.session, stale, facts });
  return { settings, table, facts, rendered };
}
