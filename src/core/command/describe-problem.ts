import type { CommandProblem } from "./command.ts";

/** A problem as plain text of several lines, for a terminal and for a fence in a reply. */
export function describeProblem(problem: CommandProblem): string {
  return problem.sentence;
}
