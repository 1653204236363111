import { type CommandShape, selectCandidates } from "./command-shape.ts";
import { buildOutline } from "./outline.ts";
import type { SourceLine, SourceText } from "./source-text.ts";
import type { Excess } from "./structure-limits.ts";
import { visibleLines } from "./visible-lines.ts";

/** A line below a command. */
export interface BodyLine extends SourceLine {
  /** A line of a fence or of indented code: nothing in it is a field. */
  readonly isCode: boolean;
}

/** A command where one is recognised; its arguments are not read yet. */
export interface Recognised {
  readonly line: number;
  /** The line as it was written. */
  readonly source: string;
  /** The same line with spaces instead of HTML comments. */
  readonly visible: string;
  readonly shape: CommandShape;
  /** The lines below, up to the next command, without HTML comments. */
  readonly below: readonly BodyLine[];
}

/** The commands of a comment, or why it is not read. */
export type Recognition =
  | { readonly kind: "recognised"; readonly commands: readonly Recognised[] }
  | Excess;

/** Finds the commands of a comment: lines of that shape in plain text of a paragraph. */
export function recogniseCommands(text: SourceText, prefix: string | undefined): Recognition {
  const candidates = selectCandidates(text.lines, prefix);
  if (candidates.length === 0) return { kind: "recognised", commands: [] };
  const read = buildOutline(text, new Set(candidates.map(({ line }) => line)));
  if (read.kind === "excess") return read;
  const { plain, hidden, code } = read.outline;
  const visible = visibleLines(text, hidden);
  const found = candidates.filter(({ line }) => plain.has(line));
  const commands = found.map(({ line, shape }, index) => ({
    line,
    source: text.lines[line - 1] as string,
    visible: visible.blanked[line - 1] as string,
    shape,
    below: visible.kept
      .slice(line, (found[index + 1]?.line ?? text.lines.length + 1) - 1)
      .flatMap((kept, at) =>
        kept === undefined
          ? []
          : [{ line: line + 1 + at, text: kept, isCode: code.has(line + 1 + at) }],
      ),
  }));
  return { kind: "recognised", commands };
}
