import type { CommandName } from "./command.ts";
import { commandNamed } from "./registry.ts";
import { endOfBare, skipSpace } from "./tokenise.ts";

/** A line that has the shape of a command: `/name`, at its start, followed by white space or nothing. */
export interface CommandShape {
  /** `undefined` when there is no such command. */
  readonly name: CommandName | undefined;
  /** The name as it was written; empty when only the prefix was. */
  readonly written: string;
  /** Where in the line the name begins, in UTF-16 units. */
  readonly nameAt: number;
  /** Where in the line the arguments begin. */
  readonly argumentsAt: number;
  /** Whether the prefix says that nothing but this project is meant. */
  readonly isAddressed: boolean;
}

/** A line with the shape of a command that is meant as one, if it is plain text. */
export interface Candidate {
  /** From 1. */
  readonly line: number;
  readonly shape: CommandShape;
}

/**
 * Lines that may be commands. An unknown name counts on the first line that is not blank, where it is probably a
 * slip of the pen, and after the prefix; elsewhere it is text, such as another tool's command.
 */
export function selectCandidates(
  lines: readonly string[],
  prefix: string | undefined,
): readonly Candidate[] {
  const first = lines.findIndex((line) => line.trim() !== "");
  return lines.flatMap((line, index) => {
    const shape = line.startsWith("/") ? parseShape(line, prefix) : undefined;
    if (shape === undefined) return [];
    const isMeant = shape.name !== undefined || shape.isAddressed || index === first;
    return isMeant ? [{ line: index + 1, shape }] : [];
  });
}

/** The shape of a line; `undefined` for one that is not shaped like a command. */
function parseShape(line: string, prefix: string | undefined): CommandShape | undefined {
  return prefix === undefined ? parsePlain(line) : parsePrefixed(line, prefix);
}

const COMMAND = /^\/([A-Za-z][A-Za-z0-9-]{0,31})(?=[ \t]|$)/;

function parsePlain(line: string): CommandShape | undefined {
  const match = COMMAND.exec(line);
  if (match === null) return undefined;
  const written = match[0].slice(1);
  const argumentsAt = match[0].length;
  return { name: commandNamed(written), written, nameAt: 1, argumentsAt, isAddressed: false };
}

function parsePrefixed(line: string, prefix: string): CommandShape | undefined {
  const head = `/${prefix}`;
  if (line.slice(0, head.length).toLowerCase() !== head.toLowerCase()) return undefined;
  const nameAt = skipSpace(line, head.length);
  if (nameAt === head.length && line.length > head.length) return undefined;
  const argumentsAt = endOfBare(line, nameAt);
  const written = line.slice(nameAt, argumentsAt);
  return { name: commandNamed(written), written, nameAt, argumentsAt, isAddressed: true };
}
