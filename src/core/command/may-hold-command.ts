import { selectCandidates } from "./command-shape.ts";
import { splitSource } from "./source-text.ts";

/**
 * Whether a comment is worth parsing: some line of it has the shape of a command. Without any markdown, and never
 * `false` for a comment that `parseComment` finds something in.
 */
export function mayHoldCommand(body: string, prefix?: string): boolean {
  return selectCandidates(splitSource(body).lines, prefix).length > 0;
}
