import { SESSION_FILES } from "../core/log/columns.ts";
import { decodeSessionLedger } from "../core/session/decode-session.ts";
import { present } from "../core/text/present.ts";
import type { LogStore } from "../ports/log-store.ts";
import type { PostedComments } from "../ports/posted-comments.ts";
import { type CarriedOut, type CarryPorts, type CarryRequest, carryOut } from "./carry-out.ts";
import { findMissed } from "./find-missed.ts";
import type { IncomingComment } from "./read-comment.ts";
import { readSettings } from "./session-settings.ts";
import { takeComments } from "./take-comments.ts";

/**
 * Takes the commands on a session's issue that no run has processed: events are dropped, runs are cancelled or fail.
 *
 * @returns what was done; `undefined` when nothing was missed
 */
export async function catchUp(
  ports: CarryPorts & { readonly posted: PostedComments },
  request: CarryRequest,
): Promise<CarriedOut | undefined> {
  const { session, prefix } = request;
  const files = await ports.store.read(session, [SESSION_FILES.settings]);
  const { issue } = request.overrideSettings(await readSettings(files));
  if (issue === undefined) return undefined;
  const missed = await findMissed(ports, { issue, ...present({ prefix }) });
  if (missed.length === 0) return undefined;
  const open = await leaveOutRecorded(ports.store, session, missed);
  const taken = await takeComments(ports, open, { ...request, isPatient: true });
  const accepted = taken.flatMap(({ incoming, read }) =>
    read.kind === "ready" ? [{ incoming, ready: read.comment }] : [],
  );
  return accepted.length === 0 ? undefined : await carryOut(ports, accepted, request);
}

/** What a comment said when it was applied is not known once it was edited, so nothing can be said about that. */
async function leaveOutRecorded(
  store: LogStore,
  session: string,
  missed: readonly IncomingComment[],
): Promise<readonly IncomingComment[]> {
  const { entries } = decodeSessionLedger(await store.readNewest(session));
  const recorded = new Set(entries.map(({ commentId }) => commentId));
  return missed.filter(({ id, isEdited }) => !isEdited || !recorded.has(id));
}
