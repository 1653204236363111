import { LogError } from "../errors.ts";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { isDeeperThan, parseJson } from "../text/tolerant-json.ts";
import { cellOffset, decodeCell, decodeInstant, isEmptyCell, rawCell } from "./cells.ts";
import { COLUMNS, MODES, STATUSES, TIMESTAMP_COLUMNS } from "./columns.ts";
import type { RecordIndex } from "./index-records.ts";
import { lineColumnAt } from "./position.ts";

const STATUS_SET: ReadonlySet<string> = new Set(STATUSES);
const MODE_SET: ReadonlySet<string> = new Set(MODES);
const COLUMN_SET: ReadonlySet<string> = new Set(COLUMNS);

/** Metrics nested above this are refused, as a queue's JSON is. */
const MAX_DEPTH = 64;

/** Refuses a header without `experiment_id`, with a repeated column or one that only seems canonical. */
export function validateHeader(header: readonly string[], index: RecordIndex, path: string): void {
  const padded = header.findIndex((name) => !COLUMN_SET.has(name) && COLUMN_SET.has(name.trim()));
  if (padded >= 0) {
    throw problemAt(
      { index, path, record: 0, field: padded },
      {
        problem: `the header has white space around the column ${quoteUntrusted(String(header[padded]))}`,
        remedy: "Take it away; otherwise the column would be another one.",
      },
    );
  }
  const repeated = header.findIndex((name, field) => header.indexOf(name) < field);
  if (repeated >= 0) {
    throw problemAt(
      { index, path, record: 0, field: repeated },
      {
        problem: `the header repeats the column ${quoteUntrusted(String(header[repeated]))}`,
        remedy: "Rename or remove one of the two columns.",
      },
    );
  }
  if (!header.includes("experiment_id")) {
    const near = nearestName("experiment_id", header);
    throw problemAt(
      { index, path, record: 0, field: 0 },
      {
        problem: "the header has no column `experiment_id`",
        remedy:
          near === undefined
            ? "The first line must name the columns, separated by commas."
            : `Did you mean ${quoteUntrusted(near)}? Rename it.`,
      },
    );
  }
}

/**
 * Checks every row and returns the row of each experiment id.
 *
 * @throws {LogError} at the first cell that is not what its column holds
 */
export function validateRows(
  index: RecordIndex,
  fields: ReadonlyMap<string, number>,
  path: string,
): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const checks = cellChecks(fields);
  const idField = fields.get("experiment_id") as number;
  for (let record = 1; record < index.count; record += 1) {
    acceptId({ index, path, record, field: idField }, rows);
    for (const check of checks) {
      const { field } = check;
      if (isEmptyCell(index, record, field) || check.accepts(index, record, field)) continue;
      throw problemAt(
        { index, path, record, field },
        {
          problem: `${check.what} ${quoteUntrusted(decodeCell(index, record, field))}`,
          remedy: check.remedy,
        },
      );
    }
  }
  return rows;
}

interface Cell {
  readonly index: RecordIndex;
  readonly path: string;
  readonly record: number;
  readonly field: number;
}

function acceptId(cell: Cell, rows: Map<string, number>): void {
  const id = decodeCell(cell.index, cell.record, cell.field);
  if (id.trim() === "") {
    throw problemAt(cell, {
      problem: "the experiment_id is empty",
      remedy: "Give the row an id of its own.",
    });
  }
  const earlier = rows.get(id);
  if (earlier !== undefined) {
    const at = lineColumnAt(cell.index.text, cellOffset(cell.index, earlier + 1, cell.field));
    throw problemAt(cell, {
      problem: `the experiment_id ${quoteUntrusted(id)} is repeated; it stands in line ${at.line} already`,
      remedy: "Rename one of the two rows or merge them by hand.",
    });
  }
  rows.set(id, cell.record - 1);
}

interface CellCheck {
  readonly field: number;
  readonly what: string;
  readonly remedy: string;
  accepts(index: RecordIndex, record: number, field: number): boolean;
}

function cellChecks(fields: ReadonlyMap<string, number>): readonly CellCheck[] {
  const oneOf = (set: ReadonlySet<string>) => (index: RecordIndex, record: number, field: number) =>
    set.has(rawCell(index, record, field)) || set.has(decodeCell(index, record, field));
  const checks: readonly (Omit<CellCheck, "field"> & { readonly column: string })[] = [
    {
      column: "status",
      what: "unknown status",
      remedy: `Expected one of ${STATUSES.join(", ")}.`,
      accepts: oneOf(STATUS_SET),
    },
    {
      column: "objective_mode",
      what: "unknown objective_mode",
      remedy: "Expected max or min.",
      accepts: oneOf(MODE_SET),
    },
    {
      column: "metrics_json",
      what: "metrics_json is not a JSON object:",
      remedy: `Expected an object of metrics such as {"val/loss": 0.3}, at most ${MAX_DEPTH} levels deep.`,
      accepts: isJsonObjectCell,
    },
    ...TIMESTAMP_COLUMNS.map((column) => ({
      column,
      what: `${column} is not a timestamp:`,
      remedy: "Expected ISO 8601 in UTC such as 2026-11-23T09:30:00Z.",
      accepts: isTimestampCell,
    })),
  ];
  return checks.flatMap(({ column, ...check }) => {
    const field = fields.get(column);
    return field === undefined ? [] : [{ ...check, field }];
  });
}

function isTimestampCell(index: RecordIndex, record: number, field: number): boolean {
  return decodeInstant(index, record, field) !== undefined;
}

/** An object of plain names and numbers as it stands in a quoted cell: nearly every log has nothing else. */
const PLAIN_METRICS =
  /"\{(?:""[ !#-[\]-~]*"": ?-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?:, ?(?="")|(?=\})))*\}"/y;

function isJsonObjectCell(index: RecordIndex, record: number, field: number): boolean {
  PLAIN_METRICS.lastIndex = cellOffset(index, record, field);
  const isPlain = PLAIN_METRICS.test(index.text);
  if (isPlain && PLAIN_METRICS.lastIndex === cellOffset(index, record, field + 1) - 1) return true;
  const text = decodeCell(index, record, field);
  try {
    const value: unknown = parseJson(text);
    return isObject(value) && !isDeeperThan(MAX_DEPTH, value);
  } catch {
    return false;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problemAt(cell: Cell, say: { problem: string; remedy: string }): LogError {
  const place = lineColumnAt(cell.index.text, cellOffset(cell.index, cell.record, cell.field));
  return new LogError(say.problem, { path: cell.path, ...place, remedy: say.remedy });
}
