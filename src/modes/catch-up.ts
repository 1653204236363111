import { SESSION_FILES } from "../core/log/columns.ts";
import type { PostedComments } from "../ports/posted-comments.ts";
import { type CarriedOut, type CarryPorts, type CarryRequest, carryOut } from "./carry-out.ts";
import { decodeSessionLedger } from "./command-facts.ts";
import { findMissed } from "./find-missed.ts";
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
  const files = await ports.store.read(session, [SESSION_FILES.settings, SESSION_FILES.ledger]);
  const { issue } = request.overrideSettings(await readSettings(files));
  if (issue === undefined) return undefined;
  const known = new Set(decodeSessionLedger(files).entries.map(({ commentId }) => commentId));
  const asked = { issue, known, ...(prefix === undefined ? {} : { prefix }) };
  const missed = await findMissed(ports, asked);
  if (missed.length === 0) return undefined;
  const taken = await takeComments(ports, missed, request);
  const accepted = taken.flatMap(({ incoming, read }) =>
    read.kind === "ready" ? [{ incoming, ready: read.comment }] : [],
  );
  return accepted.length === 0 ? undefined : await carryOut(ports, accepted, request);
}
