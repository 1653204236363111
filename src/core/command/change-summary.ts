import { changedParameters, type ParameterChange } from "../analysis/changed-parameters.ts";
import { parseArgv } from "../session/parse-argv.ts";
import { shortenText } from "../text/escape.ts";

/** What of an experiment can be compared with its parent. */
export interface Launchable {
  readonly command: string;
  readonly configPath: string;
}

/** Longest summary written by itself, in UTF-16 units. */
const LONGEST = 1000;

/**
 * What a proposal changes against its parent, such as `lr: 1e-3 → 1e-4, + warmup=100, − dropout`; `undefined`
 * when one of the two has no command that can be read, or nothing differs.
 */
export function changeSummary(parent: Launchable, proposal: Launchable): string | undefined {
  const changes = [
    ...commandChanges(parent.command, proposal.command),
    ...configChange(parent.configPath, proposal.configPath),
  ];
  return changes.length === 0 ? undefined : shortenText(changes.map(describe).join(", "), LONGEST);
}

function commandChanges(from: string, to: string): readonly ParameterChange[] {
  const before = parseArgv(from);
  const after = parseArgv(to);
  if (before.kind !== "argv" || after.kind !== "argv") return [];
  return changedParameters(before.argv, after.argv);
}

function configChange(from: string, to: string): readonly ParameterChange[] {
  if (from === "" || to === "" || from === to) return [];
  return [{ kind: "changed", name: "config", from, to }];
}

function describe(change: ParameterChange): string {
  if (change.kind === "changed") {
    const name = change.name === undefined ? "" : `${change.name}: `;
    return `${name}${change.from} → ${change.to}`;
  }
  const sign = change.kind === "added" ? "+" : "−";
  const { name, value } = change;
  const isNamedOnly = change.kind === "removed" || value === undefined;
  if (name === undefined) return `${sign} ${value}`;
  return isNamedOnly ? `${sign} ${name}` : `${sign} ${name}=${value}`;
}
