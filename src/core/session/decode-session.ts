import type { Ledger } from "../command/ledger.ts";
import { decodeLedger } from "../command/ledger-codec.ts";
import { SESSION_FILES } from "../log/columns.ts";
import { type DecodedLog, decodeLog } from "../log/decode.ts";
import { pathInSession } from "./path-in-session.ts";

/** The files of a session by name, and where they stand, for messages. */
export interface NamedFiles {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** File name → path, for files that stand elsewhere than in the folder. */
  readonly paths?: ReadonlyMap<string, string>;
}

/**
 * The log of a session; a missing file is an empty one, because the first write makes it.
 *
 * @throws {LogError} when it cannot be read exactly
 */
export function decodeSessionLog(session: NamedFiles): DecodedLog {
  const bytes = session.files.get(SESSION_FILES.log) ?? new Uint8Array();
  return decodeLog(bytes, pathInSession(session, SESSION_FILES.log));
}

/**
 * The ledger of a session; a missing file is an empty one.
 *
 * @throws {LogError} when it cannot be read exactly
 */
export function decodeSessionLedger(session: NamedFiles): Ledger {
  const bytes = session.files.get(SESSION_FILES.ledger);
  return decodeLedger(bytes, pathInSession(session, SESSION_FILES.ledger));
}
