import type { ParsedComment } from "./command.ts";

/** Reads the body of an issue that was opened from the form as one `/propose`. */
export function parseForm(_body: string): ParsedComment {
  return { kind: "none" };
}
