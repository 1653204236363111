import type { CellChange } from "../log/diff.ts";
import type { RowVersion } from "./read-row.ts";

/** What a commit did to a row. */
export type RowChangeKind = "added" | "changed" | "removed" | "unreadable";

/** A commit's change of a row; `cells` are those that it has otherwise than every commit it continues. */
export interface RowEvent {
  readonly commit: string;
  readonly kind: RowChangeKind;
  readonly cells: readonly CellChange[];
  /** Why the log could not be read; the row then counts as it was before. */
  readonly problem?: string;
}

/** A version of the row, and the commits it continues. */
export interface RowCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly version: RowVersion;
}

/** The row as it stood after a commit; `wasThere`: it is absent, and was not always so. */
interface Standing {
  readonly cells: ReadonlyMap<string, string> | undefined;
  readonly wasThere: boolean;
}

const NOT_YET: Standing = { cells: undefined, wasThere: false };

/**
 * Derives from a row's versions what each commit did to it. A merge that takes one of its sides did nothing.
 *
 * @param commits parents before children; parents that are not among them count for nothing
 */
export function buildRowChanges(commits: readonly RowCommit[]): readonly RowEvent[] {
  const standings = new Map<string, Standing>();
  const events: RowEvent[] = [];
  for (const { commit, parents, version } of commits) {
    const sides = parents.map((parent) => standings.get(parent) ?? NOT_YET);
    const olds = sides.length === 0 ? [NOT_YET] : sides;
    standings.set(commit, standingOf(version, olds));
    const event = eventOf(version, olds);
    if (event !== undefined) events.push({ commit, ...event });
  }
  return events;
}

function standingOf(version: RowVersion, olds: readonly Standing[]): Standing {
  if (version.kind === "row") return { cells: version.cells, wasThere: true };
  if (version.kind === "unreadable")
    return olds.find(({ cells }) => cells) ?? (olds[0] as Standing);
  return { cells: undefined, wasThere: olds.some(({ wasThere }) => wasThere) };
}

function eventOf(
  version: RowVersion,
  olds: readonly Standing[],
): Omit<RowEvent, "commit"> | undefined {
  if (version.kind === "unreadable") {
    return { kind: "unreadable", cells: [], problem: version.problem };
  }
  if (version.kind === "absent") return removal(olds);
  const before = olds.flatMap(({ cells }) => (cells === undefined ? [] : [cells]));
  const cells = changedCells(version.cells, before);
  if (before.length === 0) return { kind: "added", cells };
  return cells.length === 0 ? undefined : { kind: "changed", cells };
}

/** A merge with a side that had removed the row already removes nothing. */
function removal(olds: readonly Standing[]): Omit<RowEvent, "commit"> | undefined {
  const last = olds.find(({ cells }) => cells !== undefined)?.cells;
  const isOld = olds.some(({ cells, wasThere }) => cells === undefined && wasThere);
  if (last === undefined || isOld) return undefined;
  return { kind: "removed", cells: changedCells(new Map(), [last]) };
}

function changedCells(
  cells: ReadonlyMap<string, string>,
  olds: readonly ReadonlyMap<string, string>[],
): readonly CellChange[] {
  const first = olds[0] ?? new Map<string, string>();
  const columns = new Set([...cells.keys(), ...first.keys()]);
  return [...columns].flatMap((column) => {
    const [before, after] = [first.get(column) ?? "", cells.get(column) ?? ""];
    const isKnown = olds.some((old) => (old.get(column) ?? "") === after);
    return before === after || isKnown ? [] : [{ column, before, after }];
  });
}
