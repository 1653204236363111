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
  | { readonly kind: "problem"; readonly sentence: string };

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
  const [only, ...others] = new Set(asked.named);
  if (names.length === 0) return { kind: "none" };
  if (others.length > 0) {
    return problem("the commands name several sessions; one comment is about one session");
  }
  if (only !== undefined && !names.includes(only)) {
    const known = names.map((name) => quoteUntrusted(name)).join(", ");
    return problem(`there is no session ${quoteUntrusted(only)} here, expected one of ${known}`);
  }
  const name = only ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    return problem(
      `several sessions take commands here (${names.join(", ")}); add session=NAME to each command`,
    );
  }
  return { kind: "session", name, isBound: bound.some((session) => session.name === name) };
}

function selectPool(
  sessions: readonly SessionThread[],
  bound: readonly SessionThread[],
): readonly SessionThread[] {
  return bound.length > 0 ? bound : sessions.filter(({ issue }) => issue === undefined);
}

function problem(sentence: string): SessionSelection {
  return { kind: "problem", sentence };
}
