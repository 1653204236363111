import { quoteUntrusted } from "../text/safe-log.ts";

/** A session, as far as the choice needs it. */
export interface SessionThread {
  readonly name: string;
  /** The issue or pull request that carries its report. */
  readonly issue: number | undefined;
  /** Further issues that its ledger knows, such as those opened from the issue form. */
  readonly threads: ReadonlySet<number>;
}

export type SessionSelection =
  | {
      readonly kind: "session";
      readonly name: string;
      /** The issue belongs to the session, so that even a mistyped command there is meant for it. */
      readonly isBound: boolean;
    }
  /** The issue belongs to no session: whatever stands there is not for us. */
  | { readonly kind: "none" }
  | { readonly kind: "problem"; readonly sentence: string; readonly isBound: boolean };

/**
 * Chooses the session that a comment's commands are about: the one whose issue it stands on; sessions without an issue
 * take commands from every issue; `session=NAME` decides between several.
 *
 * @param asked where the commands stand and the sessions they name; a new issue may speak of any session
 */
export function selectSession(
  sessions: readonly SessionThread[],
  asked: {
    readonly issue: number;
    readonly isNewIssue: boolean;
    readonly named: readonly string[];
  },
): SessionSelection {
  const bound = sessions.filter(
    ({ issue, threads }) => issue === asked.issue || threads.has(asked.issue),
  );
  const pool = asked.isNewIssue ? sessions : selectPool(sessions, bound);
  const names = pool.map(({ name }) => name);
  if (names.length === 0) return { kind: "none" };
  const sentence = refuseNames(names, asked.named);
  if (sentence !== undefined) return { kind: "problem", sentence, isBound: bound.length > 0 };
  const [name = names[0] as string] = asked.named;
  if (asked.named.length === 0 && names.length > 1) {
    const remedy = asked.isNewIssue
      ? "fill in the field Session of the form"
      : "add session=NAME to each command";
    const several = `several sessions take commands here (${names.join(", ")}); ${remedy}`;
    return { kind: "problem", sentence: several, isBound: bound.length > 0 };
  }
  return { kind: "session", name, isBound: bound.some((session) => session.name === name) };
}

/** Why commands cannot be about the sessions they name, of those there are; `undefined` when they can. */
export function refuseNames(
  sessions: readonly string[],
  named: readonly string[],
): string | undefined {
  const [only, ...others] = new Set(named);
  if (others.length > 0) {
    return "the commands name several sessions; one comment is about one session";
  }
  if (only === undefined || sessions.includes(only)) return undefined;
  const known = sessions.map((name) => quoteUntrusted(name)).join(", ");
  return `there is no session ${quoteUntrusted(only)} here, expected one of ${known}`;
}

function selectPool(
  sessions: readonly SessionThread[],
  bound: readonly SessionThread[],
): readonly SessionThread[] {
  return bound.length > 0 ? bound : sessions.filter(({ issue }) => issue === undefined);
}
