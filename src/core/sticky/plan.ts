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
  /** This run has written its report already: one of the same seq that has replaced it is another run's, and as new. */
  readonly isWritten?: boolean;
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
  | {
      readonly kind: "skip";
      readonly reason: "newer report";
      readonly id: number;
      readonly remove: readonly number[];
    };

/**
 * Decides about the one comment that carries a report: the oldest of ours is kept, others of ours with the same key go,
 * the same hash is left alone and a newer report is never undone. A marker pasted by somebody else is not ours.
 *
 * Runs at the same time may each have made one. Whoever has the newest report brings it to the oldest comment; until
 * then no other takes away the comment that holds it.
 */
export function planComment(input: PlanInput): CommentPlan {
  const { key, desired } = input;
  const [oldest, ...others] = ownReports(input);
  const body = `${renderMarker({ ...desired, key })}\n${desired.body}`;
  if (oldest === undefined) return { kind: "create", body };
  const newest = others.reduce(newerOf, oldest);
  if (newest.marker.seq > desired.seq) {
    const remove = idsOf(others.filter((other) => other !== newest));
    return { kind: "skip", reason: "newer report", id: oldest.id, remove };
  }
  const present = { id: oldest.id, remove: idsOf(others) };
  return stands(oldest.marker, input)
    ? { kind: "unchanged", ...present }
    : { kind: "update", body, ...present };
}

function newerOf(one: OwnReport, other: OwnReport): OwnReport {
  return other.marker.seq > one.marker.seq ? other : one;
}

function idsOf(reports: readonly OwnReport[]): readonly number[] {
  return reports.map(({ id }) => id);
}

function stands(marker: Marker, { desired, isWritten }: PlanInput): boolean {
  return marker.hash === desired.hash || (isWritten === true && marker.seq === desired.seq);
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
