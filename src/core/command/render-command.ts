import type { Command } from "./command.ts";

/** A command in its canonical form: one line, which `parseComment` reads as the same command. */
export function renderCommand(command: Command): string {
  return `/${command.name}`;
}
