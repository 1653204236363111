import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";

/** The placeholder that stands for all arguments of a proposal. */
export const ARGS = "{args...}";

/** Placeholders that stand for one text, as a whole argument or inside one. */
const TEXT_PLACEHOLDERS = ["{experiment_id}", "{op_id}", "{config}"] as const;

export type TextPlaceholder = (typeof TEXT_PLACEHOLDERS)[number];

/** What looks like a placeholder; `{"a": 1}` and `{1,2}` do not. */
const PLACEHOLDER = /\{[A-Za-z_][A-Za-z0-9_.-]*\}/g;

/** Why a launch command cannot be used, one sentence; `undefined` when it can. */
export function findTemplateProblem(command: readonly string[]): string | undefined {
  if (command.findIndex(hasAnyPlaceholder) === 0) {
    return "launch.command in session.yml begins with a placeholder, expected the program's name.";
  }
  const unknown = command.flatMap(placeholdersOf).find((name) => !isKnown(name));
  if (unknown !== undefined) return explainUnknown(unknown);
  if (command.some((argument) => argument !== ARGS && argument.includes(ARGS))) {
    return `launch.command in session.yml has ${ARGS} inside an argument; it stands for several, so it must be one of its own.`;
  }
  if (command.filter((argument) => argument === ARGS).length > 1) {
    return `launch.command in session.yml has ${ARGS} more than once.`;
  }
  return undefined;
}

/** Whether a launch command has that placeholder. */
export function hasPlaceholder(command: readonly string[], placeholder: string): boolean {
  return command.some((argument) => argument.includes(placeholder));
}

/** The words before the first placeholder: the program, and perhaps fixed arguments of it. */
export function literalWords(command: readonly string[]): readonly string[] {
  return command.slice(0, [...command, ARGS].findIndex(hasAnyPlaceholder));
}

/** An argument with its text placeholders filled in; what is filled in is not looked at again. */
export function fillArgument(
  argument: string,
  texts: Readonly<Record<TextPlaceholder, string>>,
): string {
  return argument.replace(PLACEHOLDER, (name) => texts[name as TextPlaceholder]);
}

function hasAnyPlaceholder(argument: string): boolean {
  return placeholdersOf(argument).length > 0;
}

function placeholdersOf(argument: string): readonly string[] {
  return argument.match(PLACEHOLDER) ?? [];
}

function isKnown(name: string): boolean {
  return name === ARGS || TEXT_PLACEHOLDERS.some((known) => known === name);
}

function explainUnknown(name: string): string {
  const known = [ARGS, ...TEXT_PLACEHOLDERS];
  const near = nearestName(name, known);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `launch.command in session.yml has the unknown placeholder ${quoteUntrusted(name)}, expected one of ${known.join(", ")}.${hint}`;
}
