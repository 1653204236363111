import type { Command, CommandProblem } from "../../../../src/core/command/command.ts";
import { parseComment } from "../../../../src/core/command/parse-comment.ts";

/** The commands of a comment that must have no problem. */
export function commandsOf(body: string, options: { prefix?: string } = {}): readonly Command[] {
  const read = parseComment(body, options);
  if (read.kind === "invalid") throw new Error(read.problems.map((one) => one.sentence).join("\n"));
  return read.kind === "none" ? [] : read.commands.map(({ command }) => command);
}

/** The problems of a comment that must have some. */
export function problemsOf(
  body: string,
  options: { prefix?: string } = {},
): readonly CommandProblem[] {
  const read = parseComment(body, options);
  if (read.kind !== "invalid") throw new Error(`Not invalid: ${JSON.stringify(read)}`);
  return read.problems;
}
