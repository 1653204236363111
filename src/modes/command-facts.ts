import { buildFacts } from "../core/command/build-facts.ts";
import { type CommandFacts, NO_FACTS } from "../core/command/facts.ts";
import type { Ledger } from "../core/command/ledger.ts";
import { decodeLedger } from "../core/command/ledger-codec.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { LogTable } from "../core/log/table.ts";
import { pathInSession } from "../core/session/path-in-session.ts";
import type { Sha256 } from "../core/sticky/marker.ts";
import type { SessionFiles } from "../ports/log-store.ts";

/** The ledger of a session; a missing file is an empty one. Throws `LogError` when it cannot be read exactly. */
export function decodeSessionLedger(session: SessionFiles): Ledger {
  const bytes = session.files.get(SESSION_FILES.ledger);
  return decodeLedger(bytes, pathInSession(session, SESSION_FILES.ledger));
}

/** What a session's ledger says about the rows of its log. */
export function readFacts(session: SessionFiles, table: LogTable, sha256: Sha256): CommandFacts {
  if (!session.files.has(SESSION_FILES.ledger)) return NO_FACTS;
  return buildFacts(table, decodeSessionLedger(session), sha256);
}
