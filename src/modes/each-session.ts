import { InputError } from "../core/errors.ts";
import type { SyncOutcome } from "../core/sync/apply-observations.ts";
import type { LogStore } from "../ports/log-store.ts";
import type { ReportedWork } from "./announce.ts";
import type { CarriedOut } from "./carry-out.ts";
import type { PublishedComment } from "./one-comment.ts";

/** What a run did to one session, or why it could not. */
export type SessionResult =
  | {
      readonly kind: "done";
      readonly work: ReportedWork;
      /** What the queue's report changed; absent when only the report was rendered. */
      readonly outcome?: SyncOutcome;
      readonly comment: PublishedComment;
      /** What was done at the word of people; absent when nobody said anything. */
      readonly carried?: CarriedOut;
    }
  | { readonly kind: "failed"; readonly session: string; readonly error: unknown };

/**
 * Works on every session asked for, one after the other; one that fails does not keep the others from being
 * recorded.
 *
 * @param session its name; without one every session that exists
 * @throws {InputError} when there is no session
 */
export async function eachSession(
  store: LogStore,
  session: string | undefined,
  workOn: (session: string) => Promise<SessionResult>,
): Promise<readonly SessionResult[]> {
  const sessions = session === undefined ? await store.sessions() : [session];
  if (sessions.length === 0) throw noSession();
  const results: SessionResult[] = [];
  for (const name of sessions) {
    try {
      results.push(await workOn(name));
    } catch (error) {
      results.push({ kind: "failed", session: name, error });
    }
  }
  return results;
}

function noSession(): InputError {
  return new InputError(
    "the experiments directory holds no session: no folder with a log or a session.yml",
    {
      remedy:
        "Run `experiment-monitor start --name NAME` and commit its files, or set the input `session`.",
    },
  );
}
