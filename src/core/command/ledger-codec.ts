import { LogError } from "../errors.ts";
import { cellOffset, decodeCell, decodeInstant, isEmptyCell } from "../log/cells.ts";
import { encodeCell } from "../log/encode.ts";
import type { RecordIndex } from "../log/index-records.ts";
import { lineColumnAt } from "../log/position.ts";
import { lineEndOf, readRecords } from "../log/read-records.ts";
import { storableText } from "../log/storable-text.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import {
  LEDGER_COLUMNS,
  type Ledger,
  type LedgerEntry,
  type LedgerOutcome,
  OUTCOMES,
} from "./ledger.ts";

type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

const FIELD_OF = new Map<LedgerColumn, number>(
  LEDGER_COLUMNS.map((column, field) => [column, field]),
);
const OUTCOME_SET: ReadonlySet<string> = new Set(OUTCOMES);
/** Without these a line says nothing. */
const NEEDED = ["op_id", "comment_id", "outcome", "at"] as const satisfies readonly LedgerColumn[];

/**
 * Reads a ledger exactly, or not at all; a missing or empty file is a ledger without lines.
 *
 * @param path where it was read, for messages
 * @throws {LogError} with path, line and column
 */
export function decodeLedger(bytes: Uint8Array | undefined, path: string): Ledger {
  if (bytes === undefined) return { path, bytes: new Uint8Array(), entries: [] };
  const index = readRecords(bytes, { path, noun: "ledger" });
  if (index.count === 0) return { path, bytes, entries: [] };
  refuseOtherHeader(index, path);
  const entries: LedgerEntry[] = [];
  for (let record = 1; record < index.count; record += 1) {
    refuseBadCells(index, record, path);
    entries.push(decodeEntry(index, record));
  }
  return { path, bytes, entries };
}

/**
 * The bytes of a ledger with lines added: the old bytes, then the new lines, which follow the header's line end.
 * Without new lines the same bytes come back.
 */
export function encodeLedger(ledger: Ledger, added: readonly LedgerEntry[]): Uint8Array {
  if (added.length === 0) return ledger.bytes;
  const index = readRecords(ledger.bytes, { path: ledger.path, noun: "ledger" });
  const isNew = index.count === 0;
  const lineEnd = isNew ? "\n" : lineEndOf(index);
  const header = isNew ? [LEDGER_COLUMNS.join(",")] : [];
  const lines = [...header, ...added.map(encodeEntry)];
  const start = isNew || endsItsLastRecord(index) ? "" : lineEnd;
  const text = start + lines.map((line) => line + lineEnd).join("");
  return Buffer.concat([ledger.bytes, Buffer.from(text, "utf8")]);
}

function refuseOtherHeader(index: RecordIndex, path: string): void {
  const header = Array.from({ length: index.width }, (_, field) => decodeCell(index, 0, field));
  const wrong = Math.max(
    header.findIndex((name, field) => name !== LEDGER_COLUMNS[field]),
    header.length < LEDGER_COLUMNS.length ? 0 : -1,
  );
  if (wrong < 0) return;
  throw problemAt(
    { index, path, record: 0, field: wrong },
    {
      problem: `the header is not a ledger's: ${quoteUntrusted(header.join(","))}`,
      remedy: `Expected ${LEDGER_COLUMNS.join(",")}. Restore the file from git; only Experiment Monitor writes it.`,
    },
  );
}

function refuseBadCells(index: RecordIndex, record: number, path: string): void {
  const empty = NEEDED.find((column) => isEmptyCell(index, record, fieldOf(column)));
  if (empty !== undefined) {
    throw problemAt(
      { index, path, record, field: fieldOf(empty) },
      {
        problem: `the ${empty} is empty`,
        remedy: "Restore the line from git; the ledger only grows.",
      },
    );
  }
  const outcome = textAt(index, record, "outcome");
  if (!OUTCOME_SET.has(outcome)) {
    throw problemAt(
      { index, path, record, field: fieldOf("outcome") },
      {
        problem: `unknown outcome ${quoteUntrusted(outcome)}`,
        remedy: `Expected one of ${OUTCOMES.join(", ")}.`,
      },
    );
  }
  if (decodeInstant(index, record, fieldOf("at")) === undefined) {
    throw problemAt(
      { index, path, record, field: fieldOf("at") },
      {
        problem: `at is not a timestamp: ${quoteUntrusted(textAt(index, record, "at"))}`,
        remedy: "Expected ISO 8601 in UTC such as 2026-11-23T09:30:00Z.",
      },
    );
  }
}

interface Cell {
  readonly index: RecordIndex;
  readonly path: string;
  readonly record: number;
  readonly field: number;
}

function problemAt(cell: Cell, say: { problem: string; remedy: string }): LogError {
  const place = lineColumnAt(cell.index.text, cellOffset(cell.index, cell.record, cell.field));
  return new LogError(say.problem, { path: cell.path, ...place, remedy: say.remedy });
}

function fieldOf(column: LedgerColumn): number {
  return FIELD_OF.get(column) as number;
}

function textAt(index: RecordIndex, record: number, column: LedgerColumn): string {
  return decodeCell(index, record, fieldOf(column));
}

function decodeEntry(index: RecordIndex, record: number): LedgerEntry {
  const text = (column: LedgerColumn) => textAt(index, record, column);
  return {
    opId: text("op_id"),
    commentId: text("comment_id"),
    commentUrl: text("comment_url"),
    actor: text("actor"),
    actorId: text("actor_id"),
    command: text("command"),
    experimentId: text("experiment_id"),
    outcome: text("outcome") as LedgerOutcome,
    detail: text("detail"),
    at: text("at"),
  };
}

function encodeEntry(entry: LedgerEntry): string {
  const { opId, commentId, commentUrl, actor, actorId, command } = entry;
  const { experimentId, outcome, detail, at } = entry;
  const cells = [
    ...[opId, commentId, commentUrl, actor, actorId],
    ...[command, experimentId, outcome, detail, at],
  ];
  return cells.map((text) => encodeCell(storableText(text))).join(",");
}

function endsItsLastRecord(index: RecordIndex): boolean {
  return cellOffset(index, index.count - 1, index.width) - 1 < index.text.length;
}
