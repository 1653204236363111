import { isRedacted } from "../command/is-redacted.ts";
import { createGlobTest } from "../text/glob.ts";
import { quoteUntrusted } from "../text/safe-log.ts";

/** No more arguments are passed on. */
const MOST_ARGUMENTS = 256;

/** Why the arguments of a proposal are not passed on, one sentence; `undefined` when they are. */
export function findArgumentProblem(
  { command, allow }: { readonly command: readonly string[]; readonly allow: readonly string[] },
  args: readonly string[],
): string | undefined {
  if (args.length > MOST_ARGUMENTS) {
    return `The proposal's command has more than ${MOST_ARGUMENTS} arguments.`;
  }
  const redacted = args.find(isRedacted);
  if (redacted !== undefined) return explainRedacted("argument", redacted);
  const isAllowed = createGlobTest(allow);
  const stranger = args.find((argument) => !isAllowed(argument));
  if (stranger !== undefined) {
    return `The argument ${quoteUntrusted(stranger)} matches no pattern of launch.allow in session.yml (${allow.map((glob) => quoteUntrusted(glob)).join(", ") || "it is empty"}): somebody with write access may add one.`;
  }
  const fixed = command.flatMap(settingOf);
  const repeated = args.find((argument) => overrides(argument, fixed));
  if (repeated === undefined) return undefined;
  return `The argument ${quoteUntrusted(repeated)} sets what launch.command in session.yml sets itself.`;
}

/** Why what was recorded in the place of a secret or a private path is not launched. */
export function explainRedacted(what: "argument" | "config", text: string): string {
  return `The ${what} ${quoteUntrusted(text)} is not as it was proposed: secrets and private paths are not recorded. Let the program take secrets from its environment, and name paths inside the repository.`;
}

/** What an argument of the launch command sets: an option, or the key of `key=value`; programs and values set nothing. */
function settingOf(word: string): readonly string[] {
  return word.startsWith("-") || word.includes("=") ? [nameOf(word)] : [];
}

/**
 * Whether an argument sets one of the fixed settings. argparse takes the beginning of a long name for the whole of it,
 * every parser the letter of a short option for it, with its value right behind it.
 */
function overrides(argument: string, fixed: readonly string[]): boolean {
  const name = nameOf(argument);
  const isLong = name.startsWith("--") && name !== "--";
  return fixed.some(
    (setting) =>
      setting === name ||
      (isLong && setting.startsWith(name)) ||
      (isShort(setting) && argument.startsWith(setting.slice(0, 2))),
  );
}

/** One dash and a letter, behind which its value may stand. */
function isShort(setting: string): boolean {
  return /^-[^-]/.test(setting);
}

/** The name in front of a `=`, without what OmegaConf takes for how to set it: `+key`, `++key`, `~key`. */
function nameOf(argument: string): string {
  const name = argument.split("=", 1)[0] as string;
  return name.replace(/^(?:\+{1,2}|~)/, "");
}
