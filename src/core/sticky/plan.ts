import { type Marker, parseMarker, renderMarker } from "./marker.ts";

/** A comment of the thread, as far as the plan needs it; a `ThreadComment` of the ports is one. */
export interface PlannedComment {
  readonly id: number;
  readonly body: string;
  /** Written by the identity this run acts as. */
  readonly isOurs: boolean;
  /** As pages show it: an app's is `name[bot]`. */
  readonly authorLogin: string | undefined;
}

export interface PlanInput {
  /** Every comment of the thread, oldest first. */
  readonly comments: readonly PlannedComment[];
  readonly key: string;
  readonly desired: Omit<Marker, "key"> & {
    /** The report, without the marker. */
    readonly body: string;
  };
  /** Login of an earlier identity of ours (`report.comment-author`), after a change of token. */
  readonly commentAuthor?: string;
}

/** What is to happen to the sticky comment; `body` begins with the marker. */
export type CommentPlan =
  | { readonly kind: "create"; readonly body: string }
  | {
      readonly kind: "update";
      readonly id: number;
      readonly body: string;
      readonly remove: readonly number[];
    }
  | { readonly kind: "unchanged"; readonly id: number; readonly remove: readonly number[] }
  | { readonly kind: "skip"; readonly reason: "newer report" };

/**
 * Decides about the one comment that carries a report: the oldest of ours is kept, others of ours with the same key go,
 * the same hash is left alone and a newer report is never undone. A marker pasted by somebody else is not ours.
 */
export function planComment(input: PlanInput): CommentPlan {
  const { key, desired } = input;
  const [oldest, ...others] = ownReports(input);
  const body = `${renderMarker({ ...desired, key })}\n${desired.body}`;
  if (oldest === undefined) return { kind: "create", body };
  if ([oldest, ...others].some(({ marker }) => marker.seq > desired.seq)) {
    return { kind: "skip", reason: "newer report" };
  }
  const remove = others.map(({ id }) => id);
  if (oldest.marker.hash === desired.hash) return { kind: "unchanged", id: oldest.id, remove };
  return { kind: "update", id: oldest.id, body, remove };
}

interface OwnReport {
  readonly id: number;
  readonly marker: Marker;
}

function ownReports(input: PlanInput): readonly OwnReport[] {
  return input.comments.flatMap(({ id, body, isOurs, authorLogin }) => {
    const isWrittenByUs = isOurs || isNamed(input.commentAuthor, authorLogin);
    const marker = isWrittenByUs ? parseMarker(body) : undefined;
    return marker?.key === input.key ? [{ id, marker }] : [];
  });
}

/** Logins do not tell upper from lower case; an app may be named without the `[bot]` that follows its name. */
function isNamed(name: string | undefined, authorLogin: string | undefined): boolean {
  if (name === undefined) return false;
  const [wanted, login] = [name.toLowerCase(), authorLogin?.toLowerCase()];
  return login === wanted || login === `${wanted}[bot]`;
}
