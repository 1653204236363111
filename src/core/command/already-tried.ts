import { parseParameters } from "../analysis/changed-parameters.ts";
import type { LogTable } from "../log/table.ts";
import { parseArgv } from "../session/parse-argv.ts";

/** How much a row tells about what came of it, by its status; higher is more. */
const DOCUMENTED: ReadonlyMap<string, number> = new Map([
  ["completed", 3],
  ["failed", 3],
  ["cancelled", 2],
  ["superseded", 2],
  ["running", 1],
  ["queued", 1],
]);

/**
 * The experiment that ran the same command before: the same arguments, whatever the order of the named ones,
 * with the same config where both name one. Of several the one that tells most about what came of it, the
 * newest first. `undefined` when there is none, or the row has no command.
 */
export function alreadyTried(table: LogTable, row: number): string | undefined {
  const wanted = normalise(table.cell(row, "command"));
  if (wanted === undefined) return undefined;
  let found: Candidate | undefined;
  for (let other = 0; other < table.rowCount; other += 1) {
    if (other === row || !isSameConfig(table, row, other)) continue;
    if (normalise(table.cell(other, "command")) !== wanted) continue;
    const candidate = candidateOf(table, other);
    if (found === undefined || !tellsMore(found, candidate)) found = candidate;
  }
  return found?.experimentId;
}

/** A text that is the same for commands that do the same. */
function normalise(command: string): string | undefined {
  const split = parseArgv(command);
  if (split.kind === "invalid") return undefined;
  const { positional, named } = parseParameters(split.argv);
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([positional, sorted]);
}

/** The queue fills in the config of what it ran; a proposal often has none. */
function isSameConfig(table: LogTable, row: number, other: number): boolean {
  const config = table.cell(row, "config_path");
  const before = table.cell(other, "config_path");
  return config === "" || before === "" || config === before;
}

interface Candidate {
  readonly experimentId: string;
  readonly documented: number;
  readonly updatedAt: number;
}

function candidateOf(table: LogTable, row: number): Candidate {
  return {
    experimentId: table.cell(row, "experiment_id"),
    documented: DOCUMENTED.get(table.cell(row, "status")) ?? 0,
    updatedAt: table.instant(row, "updated_at") ?? 0,
  };
}

function tellsMore(one: Candidate, other: Candidate): boolean {
  if (one.documented !== other.documented) return one.documented > other.documented;
  return one.updatedAt > other.updatedAt;
}
