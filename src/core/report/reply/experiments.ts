import { LIMITS } from "../limits.ts";
import { dataCode, type Inline } from "../markdown.ts";
import type { ReplyContext } from "./reply.ts";

/** Most ids that a sentence names. */
const NAMED = 10;

/** An experiment's id within a sentence. */
export function nameOf(experimentId: string): Inline {
  return dataCode(experimentId, LIMITS.id);
}

/** Ids within a sentence; of many the first. */
export function namesOf(experimentIds: readonly string[], most: number): Inline {
  const shown = experimentIds.slice(0, Math.min(NAMED, most));
  const more = experimentIds.length - shown.length;
  const names = shown.map((id, at): Inline => [at === 0 ? "" : ", ", nameOf(id)]);
  return more > 0 ? [names, ` and ${more} more`] : names;
}

/** The experiments that the comment changed or approved, each once, in its order. */
export function experimentsOf({ session }: ReplyContext): readonly string[] {
  const changing = session.outcomes.filter(({ kind }) => kind !== "answered");
  return [...new Set(changing.flatMap(({ experimentIds }) => experimentIds))];
}
