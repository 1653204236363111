import { parseNumber } from "../text/parse-number.ts";

/** What differs between the arguments of two commands. */
export type ParameterChange =
  | {
      readonly kind: "changed";
      /** Name of the parameter without its dashes; `undefined` for an argument that is told by its place. */
      readonly name: string | undefined;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: "added" | "removed";
      readonly name: string | undefined;
      /** `undefined` for a flag without a value. */
      readonly value: string | undefined;
    };

/** The arguments of a command by name, and those without one in their order. */
export interface Parameters {
  readonly positional: readonly string[];
  /** Name without dashes → its values in order; a flag alone has the value `undefined`. */
  readonly named: ReadonlyMap<string, readonly (string | undefined)[]>;
}

const ASSIGNMENT = /^(-{0,2}[A-Za-z_+~][^\s=]*)=([\s\S]*)$/;
const FLAG = /^--?[A-Za-z_]/;

/**
 * Reads arguments as people write parameters of a training program: `--k v`, `--k=v`, `k=v`, `--flag`. Which flags take
 * a value is not known here: a word after a flag is taken for its value unless it looks like a parameter itself.
 */
export function parseParameters(argv: readonly string[]): Parameters {
  const positional: string[] = [];
  const named = new Map<string, (string | undefined)[]>();
  const put = (name: string, value: string | undefined) => {
    const key = name.replace(/^--?/, "");
    named.set(key, [...(named.get(key) ?? []), value]);
  };
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] as string;
    const [, key, value] = ASSIGNMENT.exec(argument) ?? [];
    const next = argv[at + 1];
    if (key !== undefined) {
      put(key, value);
    } else if (!FLAG.test(argument)) {
      positional.push(argument);
    } else if (next === undefined || isParameter(next)) {
      put(argument, undefined);
    } else {
      put(argument, next);
      at += 1;
    }
  }
  return { positional, named };
}

/** Lists what differs: changed and removed parameters in the order of the first command, then added ones. */
export function changedParameters(
  from: readonly string[],
  to: readonly string[],
): readonly ParameterChange[] {
  const before = parseParameters(from);
  const after = parseParameters(to);
  const longest = Math.max(before.positional.length, after.positional.length);
  const places = Array.from({ length: longest }, (_, at) =>
    compare(undefined, before.positional.slice(at, at + 1), after.positional.slice(at, at + 1)),
  );
  const names = [...new Set([...before.named.keys(), ...after.named.keys()])];
  const parameters = names.map((name) =>
    compare(name, before.named.get(name) ?? [], after.named.get(name) ?? []),
  );
  return [...places, ...parameters].flat();
}

/** Whether an argument begins a parameter of its own; a negative number does not. */
function isParameter(argument: string): boolean {
  const isNegative = parseNumber(argument) !== undefined;
  return (argument.startsWith("-") && !isNegative) || ASSIGNMENT.test(argument);
}

type Values = readonly (string | undefined)[];

function compare(name: string | undefined, from: Values, to: Values): readonly ParameterChange[] {
  if (isSame(from, to)) return [];
  if (from.length === 0) return [{ kind: "added", name, value: textOf(to) }];
  if (to.length === 0) return [{ kind: "removed", name, value: textOf(from) }];
  return [{ kind: "changed", name, from: textOf(from) ?? "on", to: textOf(to) ?? "on" }];
}

function isSame(from: Values, to: Values): boolean {
  return from.length === to.length && from.every((value, at) => isSameValue(value, to[at]));
}

/** `1e-3` and `0.001` are one value. */
function isSameValue(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const value = parseNumber(one);
  return value !== undefined && value === parseNumber(other);
}

function textOf(values: Values): string | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : given.join(" ");
}
