import type { Command } from "../../command/command.ts";

const QUESTIONS = ["status", "best", "next", "report", "help"] as const;

/** A command that only asks. */
export type Question = Extract<Command, { name: (typeof QUESTIONS)[number] }>;

export function isQuestion(command: Command): command is Question {
  return QUESTIONS.some((name) => name === command.name);
}
