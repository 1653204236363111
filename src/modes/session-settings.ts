import { SESSION_FILES } from "../core/log/columns.ts";
import { defaultSettings } from "../core/session/defaults.ts";
import { pathInSession } from "../core/session/path-in-session.ts";
import type { SessionSettings } from "../core/session/settings.ts";
import type { SessionFiles } from "../ports/log-store.ts";

/** Reads the settings of a session. */
export type SettingsReader = (session: SessionFiles) => SessionSettings;

/**
 * The settings of a session as its `session.yml` says; defaults where there is none, without loading what
 * parses it.
 *
 * @throws {InputError} that lists every problem of the file
 */
export async function readSettings(session: SessionFiles): Promise<SessionSettings> {
  if (!session.files.has(SESSION_FILES.settings)) return defaultSettings();
  return (await loadSettingsReader())(session);
}

/** Loads what parses a `session.yml`, for edits, which cannot wait for it. */
export async function loadSettingsReader(): Promise<SettingsReader> {
  const { parseSettings } = await import("../core/session/parse-settings.ts");
  return (session) => {
    const bytes = session.files.get(SESSION_FILES.settings);
    if (bytes === undefined) return defaultSettings();
    const text = Buffer.from(bytes).toString("utf8");
    return parseSettings(text, pathInSession(session, SESSION_FILES.settings));
  };
}
