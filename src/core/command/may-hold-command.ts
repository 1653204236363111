/**
 * Whether a comment is worth parsing: some line of it has the shape of a command. Cheap, and never `false` for a
 * comment that `parseComment` finds something in.
 */
export function mayHoldCommand(body: string, prefix?: string): boolean {
  return body.includes(`/${prefix ?? ""}`);
}
