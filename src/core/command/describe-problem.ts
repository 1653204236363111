import { countCharacters } from "../log/position.ts";
import { safeLine } from "../text/safe-log.ts";
import type { CommandProblem } from "./command.ts";

/** Characters of a long line that are shown before and after the place that is meant. */
const BEFORE = 60;
const AFTER = 40;
const INDENT = "    ";

/**
 * A problem as plain text of several lines: the line, a caret under the place, what is wrong, and how the command is
 * written. The runner obeys none of it, and nothing in it is invisible.
 */
export function describeProblem(problem: CommandProblem): string {
  const { before, whole } = excerptOf(problem);
  const indent = " ".repeat(countCharacters(before));
  return [
    `Line ${problem.line}: ${safeLine(problem.sentence)}`,
    `${INDENT}${whole}`,
    ...(problem.column === undefined ? [] : [`${INDENT}${indent}^`]),
    ...(problem.usage === undefined ? [] : [`Usage: ${safeLine(problem.usage)}`]),
  ].join("\n");
}

/** What is shown of the line, and the part of it before the place that is meant. */
function excerptOf({ source, column = 1 }: CommandProblem): { before: string; whole: string } {
  const characters = [...source];
  const at = column - 1;
  const from = Math.max(0, at - BEFORE);
  const start = from > 0 ? "…" : "";
  const end = at + AFTER < characters.length ? "…" : "";
  const before = characters.slice(from, at).join("");
  const after = characters.slice(at, at + AFTER).join("");
  // As one text: what the runner obeys could stand on both sides of the place.
  return { before: safeLine(start + before), whole: safeLine(start + before + after + end) };
}
