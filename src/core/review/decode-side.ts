import type { Ledger } from "../command/ledger.ts";
import { InputError, LogError } from "../errors.ts";
import { SESSION_FILES } from "../log/columns.ts";
import type { DecodedLog } from "../log/decode.ts";
import {
  decodeSessionLedger,
  decodeSessionLog,
  type NamedFiles,
} from "../session/decode-session.ts";
import { decodeSessionSettings } from "../session/decode-session-settings.ts";
import { pathInSession } from "../session/path-in-session.ts";
import type { SessionSettings } from "../session/settings.ts";
import type { Finding } from "./review.ts";
import { createFinding, type FindingCode, type Place } from "./rules.ts";

/** A session's files at one commit; without any, the session does not exist there. */
export type Files = NamedFiles;

/** A file that was read, or what is wrong with it. */
export type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "unreadable"; readonly findings: readonly Finding[] };

/** Decodes a session's log; a missing file is an empty one. */
export function decodeLogSide(side: Files): Read<DecodedLog> {
  return attempt("log-unreadable", () => decodeSessionLog(side));
}

/** Decodes a session's ledger; a missing file is an empty one. */
export function decodeLedgerSide(side: Files): Read<Ledger> {
  return attempt("ledger-unreadable", () => decodeSessionLedger(side));
}

/** Decodes a session's settings; those of a session without a session.yml are the defaults. */
export function decodeSettingsSide(side: Files): Read<SessionSettings> {
  try {
    return { kind: "read", value: decodeSessionSettings(side) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const path = pathInSession(side, SESSION_FILES.settings);
    const lines = joinTexts([error.message, error.remedy], " ").split("\n");
    return { kind: "unreadable", findings: lines.map((line) => describeProblem(line, path)) };
  }
}

/** What stands in place of a session's file or of its folder is no file that can be read. */
export function describeNoFile(error: LogError): Finding {
  return describeUnreadable(NO_FILE[fileNameOf(error)] ?? "log-unreadable", error);
}

/** The name of what an error is about, without its folder. */
export function fileNameOf({ path }: LogError): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Without its folder a session has no log. */
const NO_FILE: Readonly<Record<string, FindingCode>> = {
  [SESSION_FILES.ledger]: "ledger-unreadable",
  [SESSION_FILES.settings]: "settings-invalid",
};

function attempt<T>(code: FindingCode, work: () => T): Read<T> {
  try {
    return { kind: "read", value: work() };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return { kind: "unreadable", findings: [describeUnreadable(code, error)] };
  }
}

/** The sentence of an error begins with its place, which the finding says already. */
function describeUnreadable(code: FindingCode, error: LogError): Finding {
  const { message, path, position, remedy } = error;
  const place = position === undefined ? "" : `:${position.line}:${position.column}`;
  const problem = message.slice(`${path}${place}: `.length);
  const between = problem.endsWith(".") ? " " : ". ";
  return createFinding(code, position ?? { path }, joinTexts([problem, remedy], between));
}

function joinTexts(texts: readonly (string | undefined)[], separator: string): string {
  return texts.filter((text) => text !== undefined).join(separator);
}

const PLACED = /^:(\d+):(\d+): /;

/** A line of what is wrong with a session.yml, which begins with its path and mostly with the place in it. */
function describeProblem(line: string, path: string): Finding {
  const placed = PLACED.exec(line.slice(path.length));
  if (placed === null) return createFinding("settings-invalid", { path }, line);
  const place: Place = { path, line: Number(placed[1]), column: Number(placed[2]) };
  return createFinding("settings-invalid", place, line.slice(path.length + placed[0].length));
}
