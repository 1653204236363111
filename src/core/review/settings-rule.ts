import { SESSION_FILES } from "../log/columns.ts";
import { pathInSession } from "../session/path-in-session.ts";
import type { SessionSettings } from "../session/settings.ts";
import type { Files } from "./decode-side.ts";
import type { Finding } from "./review.ts";
import { createFinding } from "./rules.ts";

/** Two versions of a session's settings, and the files of the later one. */
export interface SettingsChange {
  readonly before: SessionSettings;
  readonly after: SessionSettings;
  readonly head: Files;
}

/** What decides which commands may run, and who lets them. */
const GUARDED = ["launch", "proposals", "queue"] as const;

/** A reviewer is told what a change does to the settings that decide what runs, and that the file is gone. */
export function reviewSettings({ before, after, head }: SettingsChange): readonly Finding[] {
  const path = pathInSession(head, SESSION_FILES.settings);
  const bytes = head.files.get(SESSION_FILES.settings);
  const changed = GUARDED.flatMap((section) => {
    const keys = changedKeys(before[section] ?? {}, after[section] ?? {});
    return keys.length === 0 ? [] : [{ section, keys: keys.map((key) => `${section}.${key}`) }];
  });
  if (bytes === undefined) {
    const keys = changed.flatMap((one) => one.keys);
    const list = keys.length === 0 ? "" : `, also for ${keys.join(", ")}`;
    const sentence = `session.yml is gone, so that the defaults hold${list}. Look whether that is meant.`;
    return [createFinding("settings-changed", { path }, sentence)];
  }
  const text = Buffer.from(bytes).toString("utf8");
  return changed.map(({ section, keys }) => {
    const sentence = `session.yml says something else of ${keys.join(", ")}, which decides what runs. Look whether that is meant.`;
    return createFinding("settings-changed", { path, line: lineOf(text, section) }, sentence);
  });
}

function changedKeys(before: object, after: object): readonly string[] {
  const [old, young] = [before, after].map((section) => new Map(Object.entries(section)));
  const keys = new Set([...(old as Values).keys(), ...(young as Values).keys()]);
  return [...keys]
    .filter((key) => textOf((old as Values).get(key)) !== textOf((young as Values).get(key)))
    .map(writtenKey);
}

type Values = ReadonlyMap<string, unknown>;

function textOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_, item) => (item instanceof Map ? [...item] : item));
}

/** As session.yml writes it: `max-open`, `stale-after`. */
function writtenKey(key: string): string {
  return key.replace(/Seconds$/, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a section begins; the first line where it is gone or written in an unusual way. */
function lineOf(text: string, section: string): number {
  const lines = text.split(/\r\n|\n|\r/);
  return (
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith(`${section}:`)),
    ) + 1
  );
}
