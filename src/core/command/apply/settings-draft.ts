import { defaultSettings } from "../../session/defaults.ts";
import { editSettings, type SettingsEdit } from "../../session/edit-settings.ts";
import { parseSettings } from "../../session/parse-settings.ts";
import type { SessionSettings, SettingsOverride } from "../../session/settings.ts";

/** A `session.yml` being edited. */
export interface SettingsDraft {
  /** The settings as they stand after the edits, under what inputs and flags say. */
  settings(): SessionSettings;
  /** The file's own settings, which `set` changes. */
  own(): SessionSettings;
  /** Changes one setting; returns why it cannot be, if so. */
  set(edit: SettingsEdit): string | undefined;
  /** The file's bytes; the same as before where nothing changed, `undefined` where there is no file. */
  encode(): Uint8Array | undefined;
}

/** Begins an edit of a `session.yml`. @throws {InputError} when the file is not valid */
export function createSettingsDraft(
  bytes: Uint8Array | undefined,
  options: {
    readonly path: string;
    readonly override: SettingsOverride;
  },
): SettingsDraft {
  const { path, override } = options;
  const original = bytes === undefined ? "" : Buffer.from(bytes).toString("utf8");
  let text = original;
  let own = bytes === undefined ? defaultSettings() : parseSettings(text, path);
  return {
    settings: () => override(own),
    own: () => own,
    set: (edit) => {
      if (bytes !== undefined && Buffer.compare(Buffer.from(original, "utf8"), bytes) !== 0) {
        return `${path} holds bytes that are not UTF-8; save it as UTF-8 first`;
      }
      const edited = editSettings(text, edit, path);
      if (edited.kind === "refused") return edited.reason;
      text = edited.text;
      own = parseSettings(text, path);
      return undefined;
    },
    encode: () => (text === original ? bytes : Buffer.from(text, "utf8")),
  };
}
