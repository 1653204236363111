import type { LogDiff } from "../../log/diff.ts";

/** The differences of a log as plain JSON, for machines; keys in snake_case as all results have them. */
export function describeDiff(_diff: LogDiff): Readonly<Record<string, unknown>> {
  throw new Error("not written yet");
}
