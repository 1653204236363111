import type { Finding } from "../../review/review.ts";
import { present } from "../../text/present.ts";

/** A finding as plain JSON; keys in snake_case as all results have them. */
export function describeFinding(finding: Finding): Record<string, unknown> {
  const { level, code, sentence, path, line, endLine, column, experimentId } = finding;
  const place = present({ line, end_line: endLine, column, experiment_id: experimentId });
  return { level, code, sentence, path, ...place };
}
