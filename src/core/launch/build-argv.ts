import { isRedacted } from "../command/is-redacted.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import { explainRedacted, findArgumentProblem } from "./find-argument-problem.ts";
import { type SplitCommand, splitCommand } from "./split-command.ts";
import { ARGS, fillArgument, findTemplateProblem, hasPlaceholder } from "./template.ts";
import { withoutProgram } from "./without-program.ts";

/** The program to start, or why it is not: whole sentences, with what to do about it. */
export type BuiltArgv =
  | { readonly kind: "argv"; readonly argv: readonly string[] }
  | { readonly kind: "refused"; readonly reason: string };

/** What a launch is made of: session.yml's part, and the proposal's. */
export interface ArgvInput {
  readonly launch: { readonly command: readonly string[]; readonly allow: readonly string[] };
  readonly experimentId: string;
  readonly operationId: string;
  /** The row's `command`; empty when it has none. */
  readonly command: string;
  /** The row's `config_path`; empty when it has none. */
  readonly configPath: string;
}

/** An id that no program takes for an option or a path. */
const PLAIN_ID = /^[A-Za-z0-9][A-Za-z0-9._~:+/-]{0,199}$/;

/**
 * Fills in the launch command of session.yml. Every argument of the proposal must match a pattern of `launch.allow`, and
 * nothing of the proposal may be left out silently.
 */
export function buildArgv(input: ArgvInput): BuiltArgv {
  const problem = findTemplateProblem(input.launch.command) ?? findMisfit(input);
  if (problem !== undefined) return refuse(problem);
  const args = readArgs(input);
  if (args.kind === "invalid") {
    return refuse(`The command ${quoteUntrusted(input.command)} ${args.reason}.`);
  }
  const found = findArgumentProblem(input.launch, args.argv) ?? findUnusedConfig(input, args.argv);
  return found === undefined
    ? { kind: "argv", argv: fillTemplate(input, args.argv) }
    : refuse(found);
}

/** Parts of the proposal that the launch command has no place for, and the other way round. */
function findMisfit(input: ArgvInput): string | undefined {
  const { launch, command, configPath, experimentId } = input;
  const takes = (placeholder: string) => hasPlaceholder(launch.command, placeholder);
  if (command !== "" && !takes(ARGS)) {
    return `The proposal has a command, but launch.command in session.yml has no ${ARGS} for its arguments.`;
  }
  if (takes("{experiment_id}") && !PLAIN_ID.test(experimentId)) {
    return `The id ${quoteUntrusted(experimentId)} cannot be an argument: expected letters, digits and . _ ~ : + / - after a letter or digit.`;
  }
  return takes("{config}") ? findConfigProblem(configPath) : undefined;
}

/** A config is used by an argument that is its path, or has it behind a `=`. */
function findUnusedConfig(
  { launch, configPath }: ArgvInput,
  args: readonly string[],
): string | undefined {
  if (configPath === "" || hasPlaceholder(launch.command, "{config}")) return undefined;
  if (args.some((argument) => `=${argument}`.endsWith(`=${configPath}`))) return undefined;
  return `The proposal names the config ${quoteUntrusted(configPath)}, but neither its command nor launch.command in session.yml uses it: add {config} there.`;
}

/** A path inside the repository, that no program takes for an option. */
function findConfigProblem(path: string): string | undefined {
  if (path === "") {
    return "launch.command in session.yml has {config}, but the proposal names no config: give it one.";
  }
  if (isRedacted(path)) return explainRedacted("config", path);
  const isInside =
    /^[^-~/\\]/.test(path) &&
    !/[\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^[A-Za-z]:/u.test(path) &&
    !path.split("/").includes("..");
  if (isInside) return undefined;
  return `The config ${quoteUntrusted(path)} is not a path inside the repository: expected one such as configs/small.yaml, relative and without \`..\`.`;
}

function readArgs({ command, launch }: ArgvInput): SplitCommand {
  if (command === "") return { kind: "argv", argv: [] };
  const split = splitCommand(command);
  return split.kind === "invalid" ? split : withoutProgram(split.argv, launch.command);
}

function fillTemplate(input: ArgvInput, args: readonly string[]): readonly string[] {
  const texts = {
    "{experiment_id}": input.experimentId,
    "{op_id}": input.operationId,
    "{config}": input.configPath,
  };
  return input.launch.command.flatMap((argument) =>
    argument === ARGS ? args : [fillArgument(argument, texts)],
  );
}

function refuse(reason: string): BuiltArgv {
  return { kind: "refused", reason };
}
