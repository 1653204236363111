import type { Ledger } from "../command/ledger.ts";
import type { LogError } from "../errors.ts";
import { isSessionFile, SESSION_FILES } from "../log/columns.ts";
import type { DecodedLog } from "../log/decode.ts";
import { defaultSettings } from "../session/defaults.ts";
import { pathInSession } from "../session/path-in-session.ts";
import type { SessionSettings } from "../session/settings.ts";
import { isEqual } from "../text/is-equal.ts";
import {
  decodeLedgerSide,
  decodeLogSide,
  decodeSettingsSide,
  describeNoFile,
  type Files,
  fileNameOf,
  type Read,
} from "./decode-side.ts";
import type { Finding } from "./review.ts";
import { reviewSettings } from "./settings-rule.ts";

/** A file before and after; `undefined` when one of the two cannot be read. */
export interface Versions<T> {
  readonly base: T;
  readonly head: T;
}

/** Both sides of a change, as far as they can be read. */
export interface Sides {
  readonly logs: Versions<DecodedLog> | undefined;
  readonly ledgers: Versions<Ledger> | undefined;
  /** The log after the change, where it can be read. */
  readonly headLog: DecodedLog | undefined;
  /** By which the change is judged. */
  readonly settings: SessionSettings;
  /** Files that the change made or left unreadable; none that it did not touch. */
  readonly findings: readonly Finding[];
}

/** Decodes both sides of a change; a file that did not change is decoded once. */
export function decodeSides(change: Versions<Files>): Sides {
  const logs = decodeVersions(change, SESSION_FILES.log, decodeLogSide);
  const ledgers = decodeVersions(change, SESSION_FILES.ledger, decodeLedgerSide);
  const settings = decodeVersions(change, SESSION_FILES.settings, decodeSettingsSide);
  return {
    logs: bothOf(logs),
    ledgers: bothOf(ledgers),
    headLog: contentOf(logs.head),
    settings: rulesOf(change, settings) ?? defaultSettings(),
    findings: [
      ...describe(logs, pathInSession(change.head, SESSION_FILES.log)),
      ...describe(ledgers, pathInSession(change.head, SESSION_FILES.ledger)),
      ...(settings.isSame ? [] : compareSettings(change, settings)),
    ],
  };
}

/** What is to be said of a change whose base stands where no file can be read: nothing of the two is compared. */
export function describeNoBase(head: Files, error: LogError): readonly Finding[] {
  const { findings } = decodeSides({ base: { folder: head.folder, files: new Map() }, head });
  const name = fileNameOf(error);
  const path = isSessionFile(name) ? pathInSession(head, name) : head.folder;
  return [...findings, describeBase(describeNoFile(error), path)];
}

interface DecodedVersions<T> extends Versions<Read<T>> {
  readonly isSame: boolean;
}

function decodeVersions<T>(
  { base, head }: Versions<Files>,
  name: string,
  read: (side: Files) => Read<T>,
): DecodedVersions<T> {
  const before = read(base);
  const isSame = isEqual(base.files.get(name), head.files.get(name));
  return { base: before, head: isSame ? before : read(head), isSame };
}

function bothOf<T>({ base, head }: DecodedVersions<T>): Versions<T> | undefined {
  if (base.kind !== "read" || head.kind !== "read") return undefined;
  return { base: base.value, head: head.value };
}

function contentOf<T>(read: Read<T>): T | undefined {
  return read.kind === "read" ? read.value : undefined;
}

function problemsOf(read: Read<unknown>): readonly Finding[] {
  return read.kind === "read" ? [] : read.findings;
}

/** A change may not loosen the rules it is judged by; only a new session has none but its own. */
function rulesOf(
  { base }: Versions<Files>,
  settings: DecodedVersions<SessionSettings>,
): SessionSettings | undefined {
  return contentOf(base.files.size === 0 ? settings.head : settings.base);
}

/** The settings of a new session loosen none. */
function compareSettings(
  { base, head }: Versions<Files>,
  settings: DecodedVersions<SessionSettings>,
): readonly Finding[] {
  const after = contentOf(settings.head);
  if (after === undefined) return problemsOf(settings.head);
  const before = contentOf(settings.base) ?? defaultSettings();
  return base.files.size === 0 ? [] : reviewSettings({ before, after, head });
}

function describe(versions: DecodedVersions<unknown>, path: string): readonly Finding[] {
  if (versions.isSame) return [];
  const before = problemsOf(versions.base).map((finding) => describeBase(finding, path));
  return [...before, ...problemsOf(versions.head)];
}

/**
 * What the base had wrong a change may mend, which is no error; what else it does nobody has looked at. A place in the
 * base is none in the head.
 */
function describeBase({ code, sentence, line, column }: Finding, path: string): Finding {
  const place = line === undefined ? "" : ` (line ${line}, column ${column})`;
  const problem = `the base of the change cannot be read${place}, so that the two cannot be compared; compare them by hand. What is wrong in the base: ${sentence}`;
  return { level: "warning", code, path, sentence: problem };
}
