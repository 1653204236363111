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
    sentence: redactSentence(problem.sentence, redact),
    ...(isSame && column !== undefined ? { column } : {}),
  };
}

/** A sentence quotes what was written; quotes would make another word of it than what `redact.patterns` match. */
function redactSentence(sentence: string, redact: Redactor): string {
  const quoted = sentence.replace(
    /"((?:[^"\\]|\\.)*)"/g,
    (_, inner: string) => `"${redact(inner)}"`,
  );
  return redact(quoted);
}
