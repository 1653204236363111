import { commandWord, withPrefix } from "../text/command-word.ts";
import { nearestName } from "../text/nearest-name.ts";
import { quoteUntrusted } from "../text/safe-log.ts";
import type {
  Command,
  CommandProblem,
  ParsedComment,
  PlacedCommand,
  ProposalFields,
  Word,
} from "./command.ts";
import { mayHoldCommand } from "./may-hold-command.ts";
import { parseCommand } from "./parse-command.ts";
import { byPlace, invalidBody, problemOf, refuseBody } from "./problem.ts";
import { type Recognised, recogniseCommands } from "./recognise.ts";
import { COMMANDS, MOST_COMMANDS } from "./registry.ts";
import { type SourceText, splitSource } from "./source-text.ts";
import type { Fault } from "./tokenise.ts";

/**
 * Reads a comment as commands. All problems are told, not the first; one problem makes the whole comment invalid.
 *
 * @param options `prefix`: what stands between the slash and the name, as in `/exp note …`
 */
export function parseComment(body: string, options: { prefix?: string } = {}): ParsedComment {
  const refusal = refuseBody(body);
  if (refusal !== undefined) {
    return mayHoldCommand(body, options.prefix) ? invalidBody(body, refusal) : { kind: "none" };
  }
  const text = splitSource(body);
  const recognition = recogniseCommands(text, options.prefix);
  if (recognition.kind === "excess") {
    return { kind: "invalid", problems: [problemOf(text, recognition)], commands: [], names: [] };
  }
  return recognition.commands.length === 0
    ? { kind: "none" }
    : readCommands(text, recognition.commands, options.prefix);
}

function readCommands(
  text: SourceText,
  recognised: readonly Recognised[],
  prefix: string | undefined,
): ParsedComment {
  const problems: CommandProblem[] = [];
  const commands: PlacedCommand[] = [];
  const lost = new Set<string>();
  for (const one of recognised.slice(0, MOST_COMMANDS)) {
    const read = readOne(one, prefix);
    if (read.command !== undefined) {
      const { command } = read.command;
      const isUnderstood = read.faults.length === 0 && !mentionsAny(command, lost);
      if (isUnderstood) commands.push(read.command);
      else if (command.name === "propose" && command.id !== undefined) lost.add(command.id);
    }
    problems.push(
      ...read.faults.map((fault) => problemOf(text, placeFault(fault, one), read.usage)),
    );
  }
  const extra = recognised[MOST_COMMANDS];
  if (extra !== undefined) {
    const sentence = `A comment has at most ${MOST_COMMANDS} commands; write the others in another comment.`;
    problems.push(problemOf(text, { line: extra.line, sentence }));
  }
  const names = recognised.flatMap(({ shape }) => (shape.name === undefined ? [] : [shape.name]));
  return problems.length === 0
    ? { kind: "commands", commands }
    : { kind: "invalid", problems: problems.sort(byPlace), commands, names };
}

/** Whether a command may be about one of these experiments. */
function mentionsAny(command: Command, ids: ReadonlySet<string>): boolean {
  const { id, by, fields, ids: listed = [], words = [] } = command as Partial<CommandWords>;
  const named = [id, by, fields?.parent, ...listed, ...words.map(({ text }) => text)];
  return named.some((one) => one !== undefined && ids.has(one));
}

/** Where commands name experiments. */
interface CommandWords {
  readonly id: string;
  readonly by: string;
  readonly fields: ProposalFields;
  readonly ids: readonly string[];
  readonly words: readonly Word[];
}

function readOne(
  recognised: Recognised,
  prefix: string | undefined,
): { command?: PlacedCommand; faults: readonly Fault[]; usage?: string } {
  const { line, source, shape } = recognised;
  if (shape.name === undefined) return { faults: [unknownName(recognised, prefix)] };
  const { command, faults } = parseCommand(shape.name, recognised);
  const usage = withPrefix(COMMANDS[shape.name].usage, prefix);
  // Some sentences begin with the command: `/target takes one value.`
  const said = faults.map((fault) => ({ ...fault, sentence: withPrefix(fault.sentence, prefix) }));
  return { command: { command, line, source }, faults: said, usage };
}

function unknownName({ shape }: Recognised, prefix: string | undefined): Fault {
  const help = commandWord("help", prefix);
  const { written, nameAt } = shape;
  if (written === "")
    return { at: nameAt, sentence: `The command's name is missing; ${help} lists the commands.` };
  const near = nearestName(written, Object.keys(COMMANDS));
  const guess = near === undefined ? "" : ` Did you mean ${commandWord(near, prefix)}?`;
  return {
    at: nameAt,
    sentence: `There is no command ${quoteUntrusted(written)}.${guess} ${help} lists the commands.`,
  };
}

/** A fault has the command's line unless it names another. */
function placeFault(fault: Fault, { line }: Recognised): Fault & { readonly line: number } {
  return { ...fault, line: fault.line ?? line };
}
