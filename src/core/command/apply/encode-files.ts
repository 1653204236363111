import { SESSION_FILES } from "../../log/columns.ts";
import { isChanged } from "../../log/draft.ts";
import { encodeLog } from "../../log/encode.ts";
import type { LedgerEntry } from "../ledger.ts";
import { encodeLedger } from "../ledger-codec.ts";
import type { Bench } from "./bench.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/** The files of a session after a comment; the same map where it added nothing to the ledger. */
export function encodeFiles(files: Files, bench: Bench, entries: readonly LedgerEntry[]): Files {
  if (entries.length === 0) return files;
  const next = new Map(files);
  next.set(SESSION_FILES.ledger, encodeLedger(bench.ledger, entries));
  if (isChanged(bench.draft)) next.set(SESSION_FILES.log, encodeLog(bench.draft));
  const settings = bench.settings.encode();
  if (settings !== undefined) next.set(SESSION_FILES.settings, settings);
  return next;
}
