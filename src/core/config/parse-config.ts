import type { Role } from "../command/role.ts";
import { InputError } from "../errors.ts";
import type { ObjectiveMode } from "../log/columns.ts";
import type { MetricsSource } from "../session/settings.ts";
import { INPUT_NAMES, INPUTS, type InputName } from "./inputs.ts";
import { type InputValue, parseInput } from "./parse-input.ts";

export type ModeInput = "auto" | "sync" | "command" | "review" | "report";
export type CommitMode = "auto" | "push" | "pull-request" | "none";
export type Transport = "auto" | "api" | "git";

/** The inputs of one run, validated; absent means that session.yml or the event decides. */
export interface Config {
  readonly mode: ModeInput;
  readonly session?: string;
  readonly experimentsDir: string;
  readonly queue?: string;
  readonly queueStatus?: string;
  readonly queueCommand?: readonly string[];
  readonly metrics?: MetricsSource;
  readonly objectiveMetric?: string;
  readonly objectiveMode?: ObjectiveMode;
  readonly objectiveTarget?: number;
  readonly issue?: number;
  readonly branch?: string;
  readonly commit: CommitMode;
  readonly transport: Transport;
  readonly minPermission: Exclude<Role, "none">;
  /** Word before every slash command. */
  readonly commandPrefix?: string;
  /** This run may launch approved proposals. */
  readonly launch: boolean;
  readonly token?: string;
  readonly dryRun: boolean;
}

/**
 * Reads the inputs as text by name; an empty one is absent. Throws one `InputError` that lists every
 * problem, an input a line.
 */
export function parseConfig(raw: Readonly<Record<string, string | undefined>>): Config {
  const values = new Map<InputName, InputValue>();
  const problems: string[] = [];
  for (const name of INPUT_NAMES) {
    const text = textOf(raw, name);
    if (text === undefined) continue;
    const parsed = parseInput(INPUTS[name].kind, text);
    if (parsed.kind === "invalid") problems.push(`Input ${name} ${parsed.reason}.`);
    else values.set(name, parsed.value);
  }
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return buildConfig(values);
}

function textOf(
  raw: Readonly<Record<string, string | undefined>>,
  name: InputName,
): string | undefined {
  const given = (Object.hasOwn(raw, name) ? raw[name] : undefined)?.trim();
  if (given !== undefined && given !== "") return given;
  const { default: fallback } = INPUTS[name] as { readonly default?: string };
  // The default of the token is an expression that only the runner can fill in.
  return fallback?.startsWith("${{") ? undefined : fallback;
}

// `parseInput` has checked each value against the kind that INPUTS gives it.
function buildConfig(values: ReadonlyMap<InputName, InputValue>): Config {
  const pairs = [...values].map(([name, value]) => [KEYS[name], value]);
  return Object.fromEntries(pairs) as Config;
}

const KEYS = {
  mode: "mode",
  session: "session",
  "experiments-dir": "experimentsDir",
  queue: "queue",
  "queue-status": "queueStatus",
  "queue-command": "queueCommand",
  "metrics-command": "metrics",
  "objective-metric": "objectiveMetric",
  "objective-mode": "objectiveMode",
  "objective-target": "objectiveTarget",
  issue: "issue",
  branch: "branch",
  commit: "commit",
  transport: "transport",
  "min-permission": "minPermission",
  "command-prefix": "commandPrefix",
  launch: "launch",
  token: "token",
  "dry-run": "dryRun",
} as const satisfies Record<InputName, keyof Config>;
