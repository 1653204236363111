import { buildFacts } from "../core/command/build-facts.ts";
import { type CommandFacts, NO_FACTS } from "../core/command/facts.ts";
import { SESSION_FILES } from "../core/log/columns.ts";
import type { LogTable } from "../core/log/table.ts";
import { decodeSessionLedger } from "../core/session/decode-session.ts";
import type { Sha256 } from "../core/text/sha256.ts";
import type { SessionFiles } from "../ports/log-store.ts";

/** What a session's ledger says about the rows of its log. */
export function readFacts(session: SessionFiles, table: LogTable, sha256: Sha256): CommandFacts {
  if (!session.files.has(SESSION_FILES.ledger)) return NO_FACTS;
  return buildFacts(table, decodeSessionLedger(session), sha256);
}
