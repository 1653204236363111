import { InputError } from "../core/errors.ts";
import type { PostedComments } from "../ports/posted-comments.ts";
import { announce, type ReportedWork } from "./announce.ts";
import {
  answerApplied,
  type CarriedOut,
  type CarryPorts,
  type CarryRequest,
  carryOut,
  laterOf,
  workOf,
} from "./carry-out.ts";
import { catchUp } from "./catch-up.ts";
import { eachSession, type SessionResult } from "./each-session.ts";
import { loadRenderer, type RenderedSession } from "./render-files.ts";
import {
  type SyncedSession,
  type SyncPorts,
  type SyncRequest,
  syncSession,
} from "./sync-session.ts";

/** What a sync of all sessions is told; of commands, who may give them. */
export type SyncAllRequest = Omit<SyncRequest<RenderedSession>, "session" | "render" | "sha256"> &
  Omit<CarryRequest, "session" | "render" | "sha256">;

/**
 * The main job: for each session the queue's report goes into the log, then the commands that earlier runs have missed, the
 * log into git, the report to its issue.
 */
export async function sync(
  ports: SyncPorts & CarryPorts & { readonly posted: PostedComments },
  session: string | undefined,
  request: SyncAllRequest,
): Promise<readonly SessionResult[]> {
  const render = await loadRenderer(ports.redact);
  const { sha256 } = ports.announcement;
  return await eachSession(ports.store, session, async (name) => {
    const all = { ...request, session: name, render, sha256 };
    const { outcome, ...synced } = await syncOrServe(ports, all);
    const carried = (await catchUp(ports, all)) ?? (await launchOnly(ports, all));
    const work = carried === undefined ? synced : addCarried(synced, carried);
    const comment = await announce(ports.announcement, work);
    if (carried === undefined) return { kind: "done", work, outcome, comment };
    await answerApplied(ports, carried, { ...request, report: comment });
    return { kind: "done", work, outcome, comment, carried };
  });
}

/** A queue that cannot be read fails the run, but people do not wait for it: what they said is done first. */
async function syncOrServe(
  ports: SyncPorts & CarryPorts & { readonly posted: PostedComments },
  request: CarryRequest & SyncRequest<RenderedSession>,
): Promise<SyncedSession<RenderedSession>> {
  try {
    return await syncSession(ports, request);
  } catch (error) {
    if (error instanceof InputError) await serve(ports, request);
    throw error;
  }
}

async function serve(
  ports: CarryPorts & { readonly posted: PostedComments },
  request: CarryRequest,
): Promise<void> {
  const carried = await catchUp(ports, { ...request, mayLaunch: false });
  if (carried === undefined) return;
  const report = await announce(ports.announcement, workOf(carried));
  await answerApplied(ports, carried, { ...request, mayLaunch: false, report });
}

/** What earlier runs have queued may be launched although nobody says anything now. */
async function launchOnly(
  ports: CarryPorts,
  request: CarryRequest,
): Promise<CarriedOut | undefined> {
  return request.mayLaunch ? await carryOut(ports, [], request) : undefined;
}

/** A session after commands were applied to it as well; the queue's status is as old as it was. */
function addCarried(before: ReportedWork, carried: CarriedOut): ReportedWork {
  const { sourceAgeSeconds } = before;
  return { ...workOf(carried), update: laterOf(before.update, carried.update), sourceAgeSeconds };
}
