import { parseParameters } from "../analysis/changed-parameters.ts";
import { withoutProgram } from "../launch/without-program.ts";
import type { LogTable } from "../log/table.ts";
import { parseArgv } from "../session/parse-argv.ts";
import { parseNumber } from "../text/parse-number.ts";

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
 * The experiment that ran the same command before: the same arguments, whatever the order of the named ones and however
 * numbers are written, with the same config where both name one. Of several the one that tells most about what came of it,
 * the newest first. `undefined` when there is none, or the row has no command.
 *
 * @param launchCommand `launch.command` of session.yml: a command means the same with and without the program it begins with
 */
export function alreadyTried(
  table: LogTable,
  row: number,
  launchCommand: readonly string[] = [],
): string | undefined {
  const normalise = createNormaliser(launchCommand);
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

/** Makes of a command a text that is the same for commands that do the same. */
function createNormaliser(launchCommand: readonly string[]) {
  return (command: string): string | undefined => {
    const split = parseArgv(command);
    if (split.kind === "invalid") return undefined;
    const args = argumentsOf(split.argv, launchCommand);
    const { positional, named } = parseParameters(args);
    const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
    const values = sorted.map(([name, given]) => [name, given.map(normaliseValue)]);
    return JSON.stringify([positional.map(normaliseValue), values]);
  };
}

/** What starts another program is told apart by all of its words. */
function argumentsOf(argv: readonly string[], launchCommand: readonly string[]): readonly string[] {
  if (launchCommand.length === 0) return argv;
  const own = withoutProgram(argv, launchCommand);
  return own.kind === "argv" ? own.argv : argv;
}

/** `1e-3` and `0.001` are one value; a flag without one stays so. */
function normaliseValue(text: string | undefined): string | number | null {
  if (text === undefined) return null;
  return parseNumber(text) ?? text;
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
