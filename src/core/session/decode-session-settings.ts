import { SESSION_FILES } from "../log/columns.ts";
import type { NamedFiles } from "./decode-session.ts";
import { defaultSettings } from "./defaults.ts";
import { parseSettings } from "./parse-settings.ts";
import { pathInSession } from "./path-in-session.ts";
import type { SessionSettings } from "./settings.ts";

/**
 * The settings of a session as its `session.yml` says; defaults where there is none. Loads what parses one.
 *
 * @throws {InputError} that lists every problem of the file
 */
export function decodeSessionSettings(session: NamedFiles): SessionSettings {
  const bytes = session.files.get(SESSION_FILES.settings);
  if (bytes === undefined) return defaultSettings();
  const text = Buffer.from(bytes).toString("utf8");
  return parseSettings(text, pathInSession(session, SESSION_FILES.settings));
}
