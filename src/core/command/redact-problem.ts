import type { Redactor } from "../text/redact.ts";
import type { CommandProblem } from "./command.ts";

/** A problem that may be told: what it quotes of the comment is redacted. In a line that is not as it was written no place is pointed at. */
export function redactProblem(problem: CommandProblem, redact: Redactor): CommandProblem {
  const { column, ...rest } = problem;
  const source = redact(problem.source);
  const isSame = source === problem.source;
  return {
    ...rest,
    source,
    sentence: redact(problem.sentence),
    ...(isSame && column !== undefined ? { column } : {}),
  };
}
