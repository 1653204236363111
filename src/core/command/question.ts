import type { Command, CommandName } from "./command.ts";
import { COMMANDS, type QuestionName } from "./registry.ts";

/** A command that only asks. */
export type Question = Extract<Command, { readonly name: QuestionName }>;

/** The name of a command that changes something. */
export type ChangeName = Exclude<CommandName, QuestionName>;

/** A command that changes something. */
export type ChangeCommand = Exclude<Command, Question>;

/** Whether a command only asks. */
export function isQuestion(command: Command): command is Question {
  return !COMMANDS[command.name].changes;
}
