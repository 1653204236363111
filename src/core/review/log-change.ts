import type { CommandFacts } from "../command/facts.ts";
import type { LedgerEntry } from "../command/ledger.ts";
import type { DecodedLog } from "../log/decode.ts";
import type { LogDiff, RowChange } from "../log/diff.ts";
import type { SessionSettings } from "../session/settings.ts";
import type { Places } from "./places.ts";
import type { Finding } from "./review.ts";
import { createFinding, type FindingCode } from "./rules.ts";

/** A change of a session's log, with all that its rules look at. */
export interface LogChange {
  readonly base: DecodedLog;
  readonly head: DecodedLog;
  readonly diff: LogDiff;
  /** The base's. */
  readonly settings: SessionSettings;
  /** The present instant, in seconds since 1970. */
  readonly now: number;
  /** In the head's log. */
  readonly places: Places;
  /** Lines the change adds to the ledger, by experiment; none when it does not extend the base's. */
  readonly newEntries: ReadonlyMap<string, readonly LedgerEntry[]>;
  /** What the ledger says of launches, before and after. */
  readonly launchesBefore: CommandFacts["launches"];
  readonly launchesAfter: CommandFacts["launches"];
}

/** A row that the change adds or changes. */
export interface TouchedRow {
  readonly experimentId: string;
  /** Row in the head. */
  readonly row: number;
  /** Row in the base; `undefined` for a new one. */
  readonly baseRow: number | undefined;
  /** Columns whose cells differ; of a new row those that hold text. */
  readonly columns: ReadonlySet<string>;
}

/** The rows a change adds or changes, in no order. */
export function touchedRows({
  base,
  diff,
}: Pick<LogChange, "base" | "diff">): readonly TouchedRow[] {
  const describe = (change: RowChange, baseRow: number | undefined): TouchedRow => ({
    experimentId: change.experimentId,
    row: change.row,
    baseRow,
    columns: new Set(change.cells.map(({ column }) => column)),
  });
  return [
    ...diff.added.map((change) => describe(change, undefined)),
    ...diff.changed.map((change) => describe(change, base.rowOf(change.experimentId))),
  ];
}

/** A finding about one cell of a touched row. */
export function findingAt(
  { places }: Pick<LogChange, "places">,
  cell: { readonly touched: TouchedRow; readonly column: string; readonly code: FindingCode },
  sentence: string,
): Finding {
  const { experimentId, row } = cell.touched;
  return createFinding(cell.code, { ...places.ofCell(row, cell.column), experimentId }, sentence);
}
