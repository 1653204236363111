import { SESSION_FILES } from "../core/log/columns.ts";
import { defaultSettings } from "../core/session/defaults.ts";
import type { SessionSettings, SettingsOverride } from "../core/session/settings.ts";
import { present } from "../core/text/present.ts";
import type { SessionFiles } from "../ports/log-store.ts";

/** Reads the settings of a session. */
export type SettingsReader = (session: SessionFiles) => SessionSettings;

/**
 * Lays over the settings of the files at hand, besides inputs and flags, what only the branch that people trust decides: who may
 * propose and approve what, which queue there is and what is launched. A pull request's branch carries the files at hand where
 * others may push; all else counts as it stands there, because that is where commands have changed it.
 *
 * @param trusted what `read` of a store gives, under the same inputs and flags
 */
export function keepRules(trusted: SessionSettings, override: SettingsOverride): SettingsOverride {
  const { proposals, queue } = trusted;
  const launch = present({ launch: trusted.launch });
  return (settings) => {
    const { launch: _, ...rest } = override(settings);
    return { ...rest, proposals, queue, ...launch };
  };
}

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
  return (await import("../core/session/decode-session-settings.ts")).decodeSessionSettings;
}
