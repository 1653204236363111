import type { CommandProblem, ParsedComment } from "./command.ts";
import { columnOf, type SourceText, splitSource } from "./source-text.ts";
import type { Fault } from "./tokenise.ts";

/** What GitHub holds in one comment. */
const LONGEST_BODY = 65_536;

/** Why a body is not read at all; `undefined` when it is. */
export function refuseBody(body: string): string | undefined {
  if (body.length > LONGEST_BODY) {
    return "The comment is longer than 65,536 characters; write the command in a comment of its own.";
  }
  if (body.includes("\0")) return "The comment contains a NUL character; write it anew.";
  return undefined;
}

/** A body that is not read, with the reason at its first line. */
export function invalidBody(body: string, sentence: string): ParsedComment {
  const problem = problemOf(splitSource(body), { line: 1, sentence });
  return { kind: "invalid", problems: [problem], commands: [], names: [] };
}

/** Orders problems as they stand in the comment. */
export function byPlace(one: CommandProblem, other: CommandProblem): number {
  return one.line - other.line || (one.column ?? 0) - (other.column ?? 0);
}

/** A fault with the line it stands in, as it was written. */
export function problemOf(
  { lines }: SourceText,
  { line, at, sentence }: Fault & { readonly line: number },
  usage?: string,
): CommandProblem {
  const source = lines[line - 1] as string;
  return {
    line,
    source,
    sentence,
    ...(at !== undefined && { column: columnOf(source, at) }),
    ...(usage !== undefined && { usage }),
  };
}
