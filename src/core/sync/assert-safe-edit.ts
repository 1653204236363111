import { RefusedError } from "../errors.ts";
import { SESSION_FILES } from "../log/columns.ts";
import { decodeLog } from "../log/decode.ts";
import { assertLedgerExtends, assertLogExtends } from "../log/invariants.ts";
import { findOwnSecret } from "../text/redact.ts";

/** A session's files before an edit. */
interface Base {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The last gate before a commit: the log loses nothing, the ledger only grows, and none of the run's own
 * secrets stands in a file.
 *
 * @param secrets exact values that must never be committed
 * @throws {LogError} when the record would lose something
 * @throws {RefusedError} when a secret would be committed
 */
export function assertSafeEdit(
  base: Base,
  next: ReadonlyMap<string, Uint8Array>,
  secrets: readonly string[],
): void {
  assertRecordExtends(base, next);
  for (const [name, bytes] of next) {
    if (bytes === base.files.get(name)) continue;
    const found = findOwnSecret(bytes, secrets);
    if (found === undefined) continue;
    throw new RefusedError(
      `nothing was committed: ${base.folder}/${name} would hold ${found.name}`,
      {
        remedy:
          "Take it out of the cell it stands in, and replace the secret: others may have seen it.",
      },
    );
  }
}

function assertRecordExtends(base: Base, next: ReadonlyMap<string, Uint8Array>): void {
  const path = (name: string) => `${base.folder}/${name}`;
  const before = base.files.get(SESSION_FILES.log);
  const after = next.get(SESSION_FILES.log);
  if (before !== undefined && after !== undefined && before !== after) {
    const logPath = path(SESSION_FILES.log);
    assertLogExtends(decodeLog(before, logPath), decodeLog(after, logPath));
  }
  const ledger = base.files.get(SESSION_FILES.ledger);
  const longer = next.get(SESSION_FILES.ledger);
  if (ledger !== undefined && longer !== undefined) {
    assertLedgerExtends(path(SESSION_FILES.ledger), ledger, longer);
  }
}
